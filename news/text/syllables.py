"""Which words are spelt like a syllable of Vietnamese, whether or not the syllable is a word of the language."""

from functools import lru_cache

from .tones import Tone, split_tone

INITIALS = ("", *"bcdđghklmnprstvx", "ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "th", "tr")
RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong ooc oong op ot
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyên uyêt uynh uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
"""
AFTER_Q = """
    ua uac uach uai uan uang uanh uao uat uau uay uăc uăm uăn uăng uăp uăt uân uâng uât uây
    ue uen ueo uet uê uên uêt uêch uênh ui uit uôc uơ uơn uơt uy uyên uyêt uynh uych uyt
"""
WITH_Y = ("y", "yêm", "yên", "yêng", "yêt", "yêu")
BEFORE_E_AND_I = ("k", "gh", "ngh")
NOT_BEFORE_E_AND_I = ("c", "ng")  # g stands before i in gì and gìn
STOPS = ("c", "ch", "p", "t")
STOP_TONES = (Tone.SAC, Tone.NANG)


def is_spelling(initial: str, rhyme: str) -> bool:
    if rhyme[0] in "eêi":
        return initial not in NOT_BEFORE_E_AND_I and not (initial == "g" and rhyme[0] != "i")
    return initial not in BEFORE_E_AND_I


SYLLABLES = {
    *(initial + rhyme for initial in INITIALS for rhyme in RHYMES.split() if is_spelling(initial, rhyme)),
    *("q" + rhyme for rhyme in AFTER_Q.split()),
    *WITH_Y,
    *(initial + "y" for initial in "hklmstv"),
    *("kan", "kon"),  # Bắc Kạn, Kon Tum
}  # without their tones

LONGEST = 7  # letters: nghiêng


def is_syllable(word: str) -> bool:
    return 0 < len(word) <= LONGEST and reads_as_syllable(word.lower())


@lru_cache(maxsize=20_000)
def reads_as_syllable(word: str) -> bool:
    letters, tones = zip(*map(split_tone, word), strict=True)
    syllable = "".join(letters)
    found = [tone for tone in tones if tone]
    return (
        syllable in SYLLABLES
        and len(found) <= 1
        and (not syllable.endswith(STOPS) or (found != [] and found[0] in STOP_TONES))
    )
