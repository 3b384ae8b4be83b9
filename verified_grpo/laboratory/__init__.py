"""Pages that prove and check in front of the reader: Python in the browser, fetched when a page is built, the
package's own sources beside it, and a server for the loopback address.

`runtime.py` fetches Python for pages, `sources.py` archives the package, `folder.py` puts both beside a page;
`checkable.py` makes reports that check themselves, `serving.py` serves a folder. What a page
says was established comes from the checker, run there.
"""
