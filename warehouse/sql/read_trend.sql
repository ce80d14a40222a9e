FROM pub.trend(
    "by" := $by, country := $country::VARCHAR, event_type := $event_type::VARCHAR, clock := $clock,
    since := $since::DATE, until := $until::DATE
);
