"""Pictures and files of content/assets: what is wrong with them, their sizes, and how texts show them."""

from generator.images.filling import weight_words, with_files, with_files_plainly
from generator.images.pictures import BROADEST, Wanted, flaws, is_picture, plain_copy, plain_path, published, size_of

__all__ = [
    "BROADEST",
    "Wanted",
    "flaws",
    "is_picture",
    "plain_copy",
    "plain_path",
    "published",
    "size_of",
    "weight_words",
    "with_files",
    "with_files_plainly",
]
