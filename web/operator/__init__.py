"""The operator's job: plan a meeting, keep its page, hand out links, bring in the recording."""
