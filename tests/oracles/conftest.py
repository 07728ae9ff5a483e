"""The rows of the oracles run as scenarios, too: but not one that loses messages by design."""

collect_ignore = ["BUSB-1.scenario.json"]
