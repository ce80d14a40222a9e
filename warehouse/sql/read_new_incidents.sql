FROM pub.new_incidents($since::TIMESTAMPTZ);
