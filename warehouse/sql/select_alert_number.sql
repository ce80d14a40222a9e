SELECT
    (SELECT coalesce(max(e.event_no), 0) FROM core.alert_delivery e) AS last_event_no,
    (SELECT coalesce(max(c.change_id), 0) FROM core.change c) AS last_change_id;
