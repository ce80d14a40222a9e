SELECT feed_id, arg_max(url, run_no), arg_max(outlet, run_no), arg_max(language, run_no), arg_max(timezone, run_no),
       arg_max(struct_pack(code := country_code), run_no).code, arg_max(kind, run_no)
FROM core.feed JOIN lib.run_now USING (run_no)
GROUP BY feed_id;
