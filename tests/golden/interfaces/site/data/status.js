window.deconflictStatus={"asOf": "7 Feb 2018, 15:00 UTC", "stamp": "2018-02-07T15:00:00Z", "feeds": "1 of 5 feeds failing, 1 stale"};
