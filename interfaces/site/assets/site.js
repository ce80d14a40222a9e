// All of it is enhancement: without this file every page shows everything it has.
// It begins after the first paint: to lay out the filters and read all rows before it cost a quarter of its time.
"use strict";
requestAnimationFrame(() => setTimeout(() => {
  const find = (selector, from = document) => from.querySelector(selector);

  function make(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  // What was new since the last look: the look before this state of the data, kept in this browser only.
  function lastLook() {
    const stamp = find("[data-status] time")?.dateTime;
    try {
      const kept = JSON.parse(localStorage.getItem("deconflict.look") || "{}");
      if (stamp && kept.seen !== stamp) {
        kept.before = kept.seen || "";
        kept.seen = stamp;
        localStorage.setItem("deconflict.look", JSON.stringify(kept));
      }
      return kept.before || "";
    } catch {
      return "";
    }
  }

  const form = find("[data-filters]");
  if (!form) return;
  const rows = [...document.querySelectorAll("[data-rows] tbody tr")];
  const results = find("[data-results]");
  const look = form.elements.unseen ? lastLook() : "";
  const fold = (text) => " " + text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");

  if (form.elements.unseen) {
    const unseen = rows.filter((row) => look && row.dataset.seen > look);
    for (const row of unseen) {
      row.classList.add("unseen");
      find(".meta", row).append(" ", make("span", "since your last look", "chip unseen"));
    }
    for (const one of document.querySelectorAll("[data-changed] li")) one.classList.toggle("unseen", Boolean(look) && one.dataset.at > look);
    const told = find("[data-look]");
    const isMore = unseen.length === rows.length && Number(told.dataset.look) > 0;  // older ones are on other pages
    told.textContent = look
      ? unseen.length + (isMore ? " or more" : "") + " since your last look at data of " + look.slice(0, 10) + " " + look.slice(11, 16) + " UTC."
      : "This is your first look in this browser.";
    form.elements.unseen.disabled = !look;
  }

  function wanted() {
    const values = Object.fromEntries(new FormData(form));
    return {
      ...values,
      words: fold(values.text || "").split(" ").filter(Boolean),
      who: fold(values.actor || "").trim(),
    };
  }

  function fits(want, one) {
    return (!want.country || one.country === want.country)
      && (!want.type || one.type === want.type)
      && (!want.who || fold(one.actors).includes(want.who))
      && (!want.from || (one.to && one.to >= want.from))
      && (!want.to || (one.from && one.from <= want.to))
      && (!want.unseen || (look && one.seen > look))
      && want.words.every((word) => one.text.includes(" " + word));
  }

  const items = rows.map((row) => ({
    row, country: row.dataset.c, type: row.dataset.k, from: row.dataset.from, to: row.dataset.to,
    seen: row.dataset.seen, actors: row.dataset.a, text: fold([...row.querySelectorAll("bdi, .chip, td")].map((part) => part.textContent).join(" ")),
  }));
  const stored = results && (window.deconflictIncidents || []).map((r) => ({
    id: r[0], title: r[1], type: r[2], status: r[3], from: r[4], to: r[5], when: r[6], where: r[7], country: r[8],
    killed: r[9], injured: r[10], actors: r[11], text: fold(r[1] + " " + r[7] + " " + r[11] + " " + r[12] + " " + r[0]),
  }));
  const MOST = 200;

  function cell(text, label, name = "td") {
    const made = make(name);
    made.setAttribute("role", name === "td" ? "cell" : "rowheader");
    if (label) made.dataset.label = label;
    made.append(make("bdi", text));
    return made;
  }

  function resultRow(one) {
    const row = make("tr");
    row.setAttribute("role", "row");
    const link = make("a");
    link.href = "incident/" + encodeURIComponent(one.id) + ".html";
    link.append(make("bdi", one.title || "untitled"));
    const head = make("th", "", "what");
    head.setAttribute("role", "rowheader");
    head.scope = "row";
    const meta = make("span", "", "meta");
    meta.append(make("span", typeNames[one.type] || one.type, "kind"), " ", make("span", one.status, "chip " + one.status));
    head.append(link, meta);
    const killed = cell(one.killed || "–", "Killed"), injured = cell(one.injured || "–", "Injured");
    killed.className = injured.className = "n";
    row.append(head, cell(one.when, "When"), cell(one.where, "Where"), killed, injured);
    return row;
  }

  const typeNames = Object.fromEntries([...form.elements.type.options].map((o) => [o.value, o.text]));

  function apply() {
    const want = wanted();
    const found = find("[data-found]");
    if (stored) {
      const hits = stored.filter((one) => fits(want, one));
      results.hidden = !hits.length;
      find("tbody", results).replaceChildren(...hits.slice(0, MOST).map(resultRow));
      found.textContent = hits.length + " of " + stored.length + (hits.length > MOST ? ", the newest " + MOST + " shown" : "");
    } else {
      let n = 0;
      for (const item of items) n += !(item.row.hidden = !fits(want, item));
      found.textContent = n === items.length ? "" : n + " of " + items.length + " shown";
    }
  }

  // The state of the filters stands in the address, so that a view can be kept and sent.
  function toHash() {
    const set = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", String(set) ? "#" + set : location.pathname + location.search);
  }

  function fromHash() {
    const told = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) {
      if (!field.name) continue;
      const value = told.get(field.name) || "";
      if (field.type === "checkbox") field.checked = Boolean(value) && !field.disabled;
      else field.value = value;
    }
    apply();
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { apply(); toHash(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); toHash(); }));
  addEventListener("hashchange", fromHash);
  fromHash();
}));
