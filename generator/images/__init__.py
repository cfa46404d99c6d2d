"""Pictures and files of content/assets: what is wrong with them, their sizes, and how texts show them."""

from generator.images.assets import Assets
from generator.images.filling import weight_words, with_files, with_files_plainly
from generator.images.pictures import BROADEST, NARROWEST, Wanted, is_picture, original, published, size_of

__all__ = [
    "BROADEST",
    "NARROWEST",
    "Assets",
    "Wanted",
    "is_picture",
    "original",
    "published",
    "size_of",
    "weight_words",
    "with_files",
    "with_files_plainly",
]
