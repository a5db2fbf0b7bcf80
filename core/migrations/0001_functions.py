"""The extensions, and `f_key()`: the sort and search key of every name (see `core.keys`)."""

from django.db import migrations

EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist")

# One function, so that every PostgreSQL sorts and finds names alike, whatever its locale. In the order of the calls:
#   NFKC             joins combining signs, and folds the presentation forms that are copied out of PDF files
#   unaccent         é -> e, œ -> oe; its dictionary is named with its schema: a restore runs with an empty search_path
#   lower            after unaccent, so that even the plain C locale gets it right
#   first replace    Arabic vowel signs, tatweel, and the marks that only steer the direction of the text, are dropped
#   translate        letters that people type one for the other, and the two other rows of digits
#   second replace   blanks, hyphens and apostrophes of every kind are one blank
# `unaccent(regdictionary, text)` is only STABLE because a dictionary can be altered; ours never is, hence IMMUTABLE.
F_KEY = r"""
CREATE OR REPLACE FUNCTION public.f_key(t text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT btrim(regexp_replace(
    translate(
      regexp_replace(
        lower(public.unaccent('public.unaccent'::regdictionary, normalize(t, NFKC))),
        '[\u00ad\u0610-\u061a\u061c\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]',
        '', 'g'),
      'أإآٱىیةؤئڨڤڥپکگچ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹',
      'ااااييهوي' || 'قففبككج' || '01234567890123456789'),
    '[[:space:]\u0027\u2018\u2019\u02bc\u005f\u002d\u2010-\u2015\u2212]+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        *[
            migrations.RunSQL(f"CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA public", migrations.RunSQL.noop)
            for name in EXTENSIONS
        ],
        migrations.RunSQL(F_KEY, "DROP FUNCTION IF EXISTS public.f_key(text)"),
    ]
