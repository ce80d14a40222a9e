FROM pub.run WHERE run_id = $run_id;
