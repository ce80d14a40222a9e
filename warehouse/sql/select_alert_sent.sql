SELECT e.channel, max(e.happened_at) FROM core.alert_delivery e WHERE e.state = 'sent' GROUP BY e.channel;
