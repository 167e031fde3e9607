"""Vietnamese written before Unicode: TCVN3 ("Céng hoµ", fonts .VnTime, .VnArial …) and VNI ("Coäng hoøa", VNI-Times …).

Their fonts drew Vietnamese letters in the places of Western ones. What is copied out of such a document without its
font is the Western letters.
"""

from .conversion import html_to_unicode, to_unicode

__all__ = ["html_to_unicode", "to_unicode"]
