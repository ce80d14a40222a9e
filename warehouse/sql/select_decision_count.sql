SELECT (SELECT count(*) FROM core.decision WHERE decision_id = $decision_id), (SELECT count(*) FROM core.decision_withdrawal WHERE decision_id = $decision_id);
