"""`python -m tillstorm` is `tillstorm`."""

import sys

from tillstorm.cli import main

if __name__ == "__main__":
    sys.exit(main())
