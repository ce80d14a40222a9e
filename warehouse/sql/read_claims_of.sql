FROM pub.claims_of($incident_id::VARCHAR);
