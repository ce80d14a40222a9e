SELECT m.rule, max(m.change_id) FROM core.alert_mark m GROUP BY m.rule;
