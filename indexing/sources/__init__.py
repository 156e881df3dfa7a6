"""Catalogues as shops keep them: `open_source` finds out the kind, `read_rows` gives its rows."""

from indexing.sources.detect import open_source
from indexing.sources.reading import read_rows
from indexing.sources.source import BadRow, BadSource, Listed, Source, SourceDescription, SourceRow

__all__ = ["BadRow", "BadSource", "Listed", "Source", "SourceDescription", "SourceRow", "open_source", "read_rows"]
