const deconflictStatus={"asOf": "7 Feb 2018, 15:00 UTC", "stamp": "2018-02-07T15:00:00Z", "feeds": "1 of 5 feeds failing, 1 stale"};
// How far the data go, for pages that did not change since and so carry no status of their own.
(() => {
  const strip = document.querySelector("[data-status]");
  if (!strip || strip.querySelector("time")) return;
  const feeds = document.createElement("a");
  feeds.textContent = deconflictStatus.feeds;
  feeds.href = document.querySelector(".brand").getAttribute("href").replace("index.html", "feeds.html");
  strip.replaceChildren("Data as of " + deconflictStatus.asOf + " · ", feeds);
})();
