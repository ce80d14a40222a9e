FROM pub.spikes(
    "by" := $by, per := $per, country := $country::VARCHAR, event_type := $event_type::VARCHAR, clock := $clock,
    since := $since::DATE, until := $until::DATE
);
