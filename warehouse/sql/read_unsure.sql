FROM pub.unsure ORDER BY abs((explanation ->> 'probability_0_1')::DOUBLE - 0.5), report_id, other_incident_id LIMIT $n;
