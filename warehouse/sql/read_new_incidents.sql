FROM pub.new_incidents($since::TIMESTAMPTZ, include_other := $include_other::BOOLEAN);
