"""`python -m web.languages`: bring the English catalogue in line with the sources."""

import sys

from web.languages.upkeep import main

sys.exit(main())
