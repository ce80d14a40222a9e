# %% [markdown]
# # Five questions to the warehouse
#
# Set `DECONFLICT_SNAPSHOT` to a published file (`var/published/incidents.duckdb` by default) and run all cells.
# They only read. Each cell asserts what must hold of any warehouse, so that a broken answer is no pretty plot.
#
# This notebook is made of `questions.py` beside it by `python tests/support/notebook.py`. To run it, install
# `deconflict[notebook]`.

# %%
import os

import duckdb
import matplotlib.pyplot as plt

con = duckdb.connect(os.environ.get("DECONFLICT_SNAPSHOT", "var/published/incidents.duckdb"), read_only=True)
con.execute("SET TimeZone = 'UTC'")


def ask(query, **values):
    """Return the rows of an answer as dictionaries."""
    answer = con.execute(query, values or None)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row)) for row in answer.fetchall()]


(about,) = ask("FROM pub.about")
assert about["n_incidents"] > 0, "there is nothing to ask about yet"
print(f"{about['n_incidents']} incidents of {about['n_articles']} articles, as of {about['known_at']}")

# %% [markdown]
# ## 1. Who said which toll, and when, of the incident that was told most?
#
# A dot is a claim of killed with its lower bound, a line reaches to its upper one; an arrow stands for an open end.
# The band is what the warehouse makes of them.

# %%
(most_told,) = ask("""
    SELECT * FROM pub.incident WHERE status <> 'merged' ORDER BY n_outlets DESC, incident_id LIMIT 1
""")
claims = ask(
    """
    SELECT coalesce(speaker, outlet) AS speaker, speaker_side, low, high, published_at
    FROM pub.claims_of($incident_id)
    WHERE measure = 'killed' AND published_at IS NOT NULL AND low IS NOT NULL AND NOT is_part AND NOT is_increment
    ORDER BY published_at, claim_id
""",
    incident_id=most_told["incident_id"],
)

figure, axes = plt.subplots(figsize=(9, 4))
sides = sorted({claim["speaker_side"] for claim in claims})
for side in sides:
    said = [claim for claim in claims if claim["speaker_side"] == side]
    axes.scatter([c["published_at"] for c in said], [c["low"] for c in said], label=side)
    for claim in said:
        if claim["high"] is None:
            axes.annotate("↑", (claim["published_at"], claim["low"]))
        else:
            axes.vlines(claim["published_at"], claim["low"], claim["high"])
if most_told["killed_low"] is not None and most_told["killed_high"] is not None:
    axes.axhspan(most_told["killed_low"], most_told["killed_high"], alpha=0.1)
axes.set(title=most_told["headline"], ylabel="killed")
axes.legend(title="side of the speaker")
figure.autofmt_xdate()

lows = [claim["low"] for claim in claims if claim["low"]]  # a zero of one side is no toll of the whole
assert all(claim["high"] is None or claim["low"] <= claim["high"] for claim in claims)
assert not claims or most_told["killed_low"] <= min(lows), "the range holds every claim of the whole"
assert claims == sorted(claims, key=lambda claim: claim["published_at"])

# %% [markdown]
# ## 2. How far do the sides disagree?
#
# For each incident in which two sides give different tolls: the lowest and the highest figure, and who gives them.

# %%
disputes = ask("FROM pub.disputes WHERE measure = 'killed' AND n_sides > 1 ORDER BY spread DESC, incident_id LIMIT 12")

figure, axes = plt.subplots(figsize=(9, 4))
for place, dispute in enumerate(reversed(disputes)):
    axes.hlines(place, dispute["low"], dispute["high"])
    axes.text(dispute["high"], place, f" {dispute['high_side']} over {dispute['low_side']}", va="center")
axes.set(yticks=range(len(disputes)), yticklabels=[d["headline"][:50] for d in reversed(disputes)], xlabel="killed")
figure.tight_layout()

assert all(d["spread"] == d["high"] - d["low"] and d["spread"] > 0 for d in disputes)
assert all(d["n_sides"] >= 2 for d in disputes), "a dispute has two sides"

# %% [markdown]
# ## 3. Which outlets are first, and who corrects?

# %%
outlets = ask("FROM pub.outlet_profile ORDER BY n_first DESC, outlet LIMIT 12")

figure, axes = plt.subplots(figsize=(9, 4))
names = [outlet["outlet"] for outlet in outlets]
axes.bar(names, [outlet["n_incidents"] for outlet in outlets], color="lightgrey", label="incidents told")
axes.bar(names, [outlet["n_first"] for outlet in outlets], label="told first")
axes.plot(names, [outlet["n_corrections"] for outlet in outlets], "k^", label="figures corrected")
axes.legend()
figure.autofmt_xdate()

assert all(0 <= outlet["n_first"] <= outlet["n_incidents"] for outlet in outlets)
assert sum(outlet["n_first"] for outlet in ask("FROM pub.outlet_profile")) > 0, "somebody was first"

# %% [markdown]
# ## 4. How many incidents a week, and did anybody watch?
#
# A week that nobody watched is unknown and not zero: it is hatched and has no bar. The line is the exposure:
# articles seen.

# %%
weeks = ask("FROM pub.trend('week') ORDER BY period_start")

figure, axes = plt.subplots(figsize=(9, 4))
for week in weeks:
    if week["is_watched"]:
        axes.bar(week["period_start"], week["n_incidents"], width=6, color="grey" if week["is_filling"] else "tab:blue")
    else:
        axes.axvspan(week["period_start"], week["period_end"], hatch="//", alpha=0.1)
axes.set(ylabel="incidents")
exposure = axes.twinx()
exposure.plot([w["period_start"] for w in weeks], [w["n_articles_seen"] for w in weeks], "k-", lw=0.8)
exposure.set(ylabel="articles seen")
figure.autofmt_xdate()

watched = [week for week in weeks if week["is_watched"]]
assert all(week["n_incidents"] is not None for week in watched), "what was watched is counted"
assert not any(week["n_incidents"] == 0 for week in weeks if not week["is_watched"]), "silence is not calm"
assert sum(week["n_articles_seen"] for week in weeks) <= about["n_articles"]

# %% [markdown]
# ## 5. On how many distinct texts does each incident rest?
#
# Nine outlets that print one agency's text are one origin. Below the line: more outlets than origins.

# %%
told = ask("""
    SELECT n_outlets, n_origins, n_articles, count(*) AS n_incidents FROM pub.incident
    WHERE status <> 'merged' GROUP BY ALL ORDER BY ALL
""")

figure, axes = plt.subplots(figsize=(5, 5))
axes.scatter(
    [t["n_outlets"] for t in told], [t["n_origins"] for t in told], [20 * t["n_incidents"] for t in told], alpha=0.5
)
most = max(max(t["n_outlets"], t["n_origins"]) for t in told)
axes.plot([0, most], [0, most], "k:")
axes.set(xlabel="outlets", ylabel="distinct texts")

assert all(1 <= t["n_origins"] <= t["n_articles"] for t in told), "an article has one origin"
assert sum(t["n_incidents"] for t in told) <= about["n_incidents"]
con.close()
