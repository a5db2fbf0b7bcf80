"""`f_sound()`: what a name sounds like, the same key in Latin and in Arabic script (see `core.keys`).

A name becomes its consonants, word by word, in alphabetical order. The rules stand in the order in which they are
applied; while they are, every word has a blank of its own on either side.
"""

from django.db import migrations

# What is not a word of the name, and what is written in one word or in two.
LATIN_WORDS = [
    (" med ", " mohamed "),
    *[(f" {word} ", "") for word in ("ben", "bin", "ibn", "bent", "bint", "el", "al", "il")],
    *[(f"  {word} ", "dine ") for word in ("eddine", "eddin", "ed  dine", "dine", "addine", "uddin")],
    *[(f" {word}", " abd") for word in ("abdel", "abdal", "abdul", "abdoul")],
    *[(f" {word}  ", f" {word}") for word in ("abd", "bou", "abou", "bel")],
]
ARABIC_WORDS = [
    *[(f" {word} ", "") for word in ("بن", "ابن", "بنت")],
    ("  الدين ", "دين "),
    ("الدين ", "دين "),
    (" عبد  ال", " عبد"),
    (" عبدال", " عبد"),
    *[(f" {word}  ", f" {word}") for word in ("عبد", "بو", "ابو", "بل")],
    ("اه ", "ات "),
]
# Articles and filiations written with the word: Bensalah, Elkadhi, Essafi; not Bannour, Elyes, Ilhem.
LATIN_PREFIX = (
    " (ben(?=[^n ][a-z]{2})|el(?=[bcdfgjkmnpqrstvz])|el(?=h)(?!hem|ham)|l(?=aa)"
    "|e(?=ss[^i]|tt|nn|rr|dd|dr|ch[aeiou]))"
)
ARABIC_PREFIX = " ال(?=[ء-ي]{2})(?!ياس |هام |فه |اء |فت )"
DOUBLED = [(letter * 2, letter) for letter in "bcdfghjklmnpqrstvxz"]
# Groups of letters that are one sound, c and g before a thin vowel, and how a word begins.
LATIN_SOUNDS = [
    ("sch", "ش"),
    ("ch", "ش"),
    ("sh", "ش"),
    ("kh", "خ"),
    ("gh", "غ"),
    ("th", "ت"),
    ("dh", "د"),
    ("dj", "ج"),
    ("ph", "ف"),
    *[(f"c{vowel}", "س") for vowel in "eiy"],
    *[(f"g{vowel}", "ج") for vowel in "eiy"],
    ("x", "كس"),
    *[(f" ou{vowel}", " W") for vowel in "aeioy"],
    (" w", " W"),
    (" y", " Y"),
    *[(f" {vowel}", " A") for vowel in "aeiou"],
]
ARABIC_SOUNDS = [("لل", "ل"), (" ع", " A"), (" ا", " A"), (" و", " W"), (" ي", " Y")]
LETTERS = {
    "B": "bpب",
    "T": "tتطث",
    "D": "dدذضظ",
    "S": "sسص",
    "Z": "zز",
    "J": "jج",
    "C": "ش",
    "K": "kqcgقك",
    "X": "خ",
    "G": "غ",
    "F": "fvف",
    "L": "lل",
    "M": "mم",
    "N": "nن",
    "R": "rر",
    "H": "hحه",
    "": "aeiouwyاويعء",
}
AFTER = [("TH", "T"), ("DH", "D"), ("H ", " ")]  # Fathi, Tahar and Dahmani have one T or D, and no h is heard at the end


def chain(text, rules):
    for was, becomes in rules:
        text = f"replace({text}, '{was}', '{becomes}')"
    return text


def function():
    """Names in one script are nearly all: each passes its own rules only."""
    kept = [(letter, into) for into, letters in LETTERS.items() for letter in letters if into]
    source = "".join(letter for letter, _into in kept) + LETTERS[""]
    target = "".join(into for _letter, into in kept)
    return f"""
CREATE OR REPLACE FUNCTION public.f_sound(t text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
  k text;
  words text[];
BEGIN
  IF t = '' THEN RETURN ''; END IF;
  k := public.f_key(replace(replace(t, 'ç', 's'), 'Ç', 's'));
  k := ' ' || replace(regexp_replace(k, '[^a-z ء-ي]+', '', 'g'), ' ', '  ') || ' ';
  IF k ~ '[a-z]' THEN
    k := regexp_replace({chain("k", LATIN_WORDS)}, '{LATIN_PREFIX}', ' ', 'g');
    k := {chain(chain("k", DOUBLED), LATIN_SOUNDS)};
  END IF;
  IF k ~ '[ء-ي]' THEN
    k := regexp_replace({chain("k", ARABIC_WORDS)}, '{ARABIC_PREFIX}', ' ', 'g');
    k := {chain("k", ARABIC_SOUNDS)};
  END IF;
  k := {chain(f"translate(k, '{source}', '{target}')", AFTER)};
  words := array_remove(string_to_array(k, ' '), '');
  IF cardinality(words) < 2 THEN RETURN coalesce(words[1], ''); END IF;
  IF cardinality(words) = 2 THEN
    RETURN least(words[1] COLLATE "C", words[2]) || ' ' || greatest(words[1] COLLATE "C", words[2]);
  END IF;
  RETURN (SELECT string_agg(word, ' ' ORDER BY word COLLATE "C") FROM unnest(words) AS word);
END
$$;
"""  # noqa: S608 - made of the constants above


class Migration(migrations.Migration):
    dependencies = [("core", "0005_batch_list")]
    operations = [migrations.RunSQL(function(), "DROP FUNCTION IF EXISTS public.f_sound(text)")]
