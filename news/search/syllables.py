"""How a Vietnamese syllable can go on, for words that are only half typed."""

# Without marks, each final i of hi, ki, li, mi, si, ti, qui written as y (see words.exact). A syllable is one of the
# beginnings and one of the rhymes; that some pairs make no word costs nothing.
BEGINNINGS = ("", *"bcdghklmnprstvx", "ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr")
RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu
    i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu y yem yen yet yeu
    o oa oac oach oai oan oang oanh oao oat oay oc oe oen oeo oet oi om on ong ooc oong op ot
    u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu
    uy uya uych uyen uyet uynh uyt uyu
"""
SYLLABLES = sorted({beginning + rhyme for beginning in BEGINNINGS for rhyme in RHYMES.split()})
SHORTEST = 2  # letters; one letter goes on in hundreds of ways


def completions(start: str) -> list[str]:
    """Syllables that begin so and are longer: "vi" → "via", "vic", …, "vien", …"""
    if len(start) < SHORTEST:
        return []
    return [syllable for syllable in SYLLABLES if syllable.startswith(start) and syllable != start]
