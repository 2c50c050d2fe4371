"""What a damaged zip package (DOCX, XLSX) makes those who read it raise: the libraries say it in a dozen ways.

Who opens a package that came from outside catches these and says in words of its own what to do.
"""

import struct
import zlib
from lzma import LZMAError
from zipfile import BadZipFile

from lxml.etree import LxmlError

#: Beside damage of the container: a method nobody knows (NotImplementedError), a password (RuntimeError), a part that
#: is missing (KeyError), no XML (LxmlError), XML of another kind (ValueError, AttributeError, TypeError, IndexError).
UNREADABLE: tuple[type[Exception], ...] = (
    *(BadZipFile, zlib.error, LZMAError, struct.error, NotImplementedError, RuntimeError, OSError, EOFError),
    *(LxmlError, KeyError, IndexError, ValueError, AttributeError, TypeError),
)
