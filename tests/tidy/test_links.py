"""A link in a document leads somewhere."""

from tree_checks.links import link_findings
from tree_checks.tree import ROOT, files, read, report


def test_links_lead_to_files():
    documents = files(".md")
    assert len(documents) > 5
    findings = [f for name in documents for f in link_findings(name, read(name), lambda path: (ROOT / path).exists())]
    assert not findings, report(findings)


def test_a_dead_link_is_found():
    text = "See [a](a.md), [b](../b.md#part) and\n[c](c.md).\n```\n[d](d.md)\n```\n"
    present = {"docs/a.md", "b.md"}
    assert [str(finding) for finding in link_findings("docs/x.md", text, present.__contains__)] == [
        "docs/x.md:2: links to c.md, which is not there"
    ]
