import core.keys
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('core', '0001_functions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pulse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'pulse',
                'verbose_name_plural': 'pulses',
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='date')),
                ('verb', models.CharField(max_length=80, verbose_name='act')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('object_type', models.CharField(max_length=80)),
                ('object_id', models.BigIntegerField()),
                ('context_id', models.UUIDField()),
                ('data', models.JSONField(default=dict)),
                ('reason_hash', models.CharField(blank=True, default='', max_length=64)),
            ],
            options={
                'verbose_name': 'journal entry',
                'verbose_name_plural': 'journal entries',
                'indexes': [models.Index(fields=['object_type', 'object_id', '-id'], name='journal_object'), models.Index(fields=['actor', '-id'], name='journal_actor')],
            },
        ),
        migrations.CreateModel(
            name='JournalReason',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reason', to='core.journalentry')),
                ('text', models.TextField(verbose_name='reason')),
                ('salt', models.CharField(max_length=32)),
            ],
            options={
                'verbose_name': 'reason',
                'verbose_name_plural': 'reasons',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(max_length=80, verbose_name='kind')),
                ('to_email', models.EmailField(max_length=254, verbose_name='address')),
                ('to_name', models.CharField(blank=True, default='', max_length=200, verbose_name='recipient')),
                ('language', models.CharField(default='fr', max_length=2, verbose_name='language')),
                ('object_type', models.CharField(max_length=80)),
                ('object_id', models.BigIntegerField()),
                ('params', models.JSONField(blank=True, default=dict)),
                ('sealed', models.TextField(blank=True, default='')),
                ('demo', models.BooleanField(default=False, verbose_name='demonstration')),
                ('copy_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='core.message')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('written', 'Written to a file, not sent'), ('failed', 'Not delivered'), ('cancelled', 'Cancelled'), ('missed', 'Too late, not sent'), ('not_sent', 'Not sent (demo)')], default='queued', max_length=10, verbose_name='state')),
                ('outcome', models.CharField(blank=True, choices=[('', 'nothing to report'), ('withdrawn', 'The act that it announced was withdrawn before it left.'), ('stopped', 'A person of staff stopped it.'), ('gone', 'What it was about no longer exists.'), ('useless', 'What it announced no longer holds.'), ('too_late', 'It was due too long ago to be of use.'), ('demo_past', 'It belongs to the past of the demonstration.'), ('demo_address', 'A fictional address of the demonstration: nothing leaves.'), ('unreachable', 'The mail server could not be reached; it is tried again.'), ('deferred', 'The mail server asked to come back later; it is tried again.'), ('refused', 'The mail server refused it.'), ('broken', 'It could not be written; it is tried again a few times.'), ('interrupted', 'The process that was sending it stopped; it is tried again.')], default='', max_length=20)),
                ('last_error', models.TextField(blank=True, default='', verbose_name='words of the mail server')),
                ('created_at', models.DateTimeField(verbose_name='queued on')),
                ('due_at', models.DateTimeField(verbose_name='due on')),
                ('useless_after', models.DateTimeField(blank=True, null=True, verbose_name='useless after')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('deferrals', models.PositiveIntegerField(default=0, verbose_name='times that the mail server was away')),
                ('claim', models.UUIDField(blank=True, editable=False, null=True)),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('handed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent on')),
                ('message_id', models.CharField(max_length=200)),
                ('subject', models.CharField(blank=True, default='', max_length=300, verbose_name='subject')),
                ('text', models.TextField(blank=True, default='')),
                ('html', models.TextField(blank=True, default='')),
                ('search_key', models.GeneratedField(db_persist=True, expression=core.keys.FKey(django.db.models.functions.text.Concat(models.F('to_email'), models.Value(' '), models.F('to_name'), models.Value(' '), models.F('subject'), output_field=models.TextField())), output_field=models.TextField(db_collation='C'))),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'indexes': [models.Index(fields=['due_at', 'id'], name='message_due'), models.Index(fields=['state', 'due_at', 'id'], name='message_state_due'), models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at', 'id'], name='message_next_try'), models.Index(condition=models.Q(('state', 'sending')), fields=['lease_until'], name='message_lease'), models.Index(fields=['object_type', 'object_id', 'id'], name='message_object'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_key', name='gin_trgm_ops'), name='message_search')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ('sent', 'written'))), models.Q(models.Q(('state__in', ('sent', 'written')), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_iff_date'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('claim__isnull', True), ('lease_until__isnull', True)), _connector='OR'), name='message_sending_iff_lease'), models.CheckConstraint(condition=models.Q(models.Q(('to_email__regex', '[[:cntrl:][:space:],;<>]'), _negated=True), models.Q(('to_name__regex', '[[:cntrl:]]'), _negated=True)), name='message_one_clean_address', violation_error_message='An address is one address, on one line.')],
            },
        ),
        migrations.CreateModel(
            name='MessageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.message')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('key', models.CharField(max_length=200)),
                ('kind', models.CharField(max_length=80, verbose_name='kind')),
                ('language', models.CharField(default='fr', max_length=2, verbose_name='language')),
                ('object_type', models.CharField(max_length=80)),
                ('object_id', models.BigIntegerField()),
                ('demo', models.BooleanField(default=False, verbose_name='demonstration')),
                ('copy_of', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.message')),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('sending', 'Being sent'), ('sent', 'Sent'), ('written', 'Written to a file, not sent'), ('failed', 'Not delivered'), ('cancelled', 'Cancelled'), ('missed', 'Too late, not sent'), ('not_sent', 'Not sent (demo)')], default='queued', max_length=10, verbose_name='state')),
                ('outcome', models.CharField(blank=True, choices=[('', 'nothing to report'), ('withdrawn', 'The act that it announced was withdrawn before it left.'), ('stopped', 'A person of staff stopped it.'), ('gone', 'What it was about no longer exists.'), ('useless', 'What it announced no longer holds.'), ('too_late', 'It was due too long ago to be of use.'), ('demo_past', 'It belongs to the past of the demonstration.'), ('demo_address', 'A fictional address of the demonstration: nothing leaves.'), ('unreachable', 'The mail server could not be reached; it is tried again.'), ('deferred', 'The mail server asked to come back later; it is tried again.'), ('refused', 'The mail server refused it.'), ('broken', 'It could not be written; it is tried again a few times.'), ('interrupted', 'The process that was sending it stopped; it is tried again.')], default='', max_length=20)),
                ('last_error', models.TextField(blank=True, default='', verbose_name='words of the mail server')),
                ('created_at', models.DateTimeField(verbose_name='queued on')),
                ('due_at', models.DateTimeField(verbose_name='due on')),
                ('useless_after', models.DateTimeField(blank=True, null=True, verbose_name='useless after')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('deferrals', models.PositiveIntegerField(default=0, verbose_name='times that the mail server was away')),
                ('claim', models.UUIDField(blank=True, editable=False, null=True)),
                ('lease_until', models.DateTimeField(blank=True, editable=False, null=True)),
                ('handed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent on')),
                ('message_id', models.CharField(max_length=200)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PersonalLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='core.message')),
                ('place', models.CharField(blank=True, default='', max_length=40)),
                ('act', models.CharField(max_length=80)),
                ('object_type', models.CharField(max_length=80)),
                ('object_id', models.BigIntegerField()),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('language', models.CharField(default='fr', max_length=2)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'personal link',
                'verbose_name_plural': 'personal links',
                'indexes': [models.Index(fields=['object_type', 'object_id', 'act'], name='personal_link_object')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('message__isnull', False)), fields=('message', 'place'), name='personal_link_one_a_place')],
            },
        ),
        migrations.CreateModel(
            name='PersonalLinkEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.personallink')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('id', models.BigIntegerField()),
                ('message', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.message')),
                ('place', models.CharField(blank=True, default='', max_length=40)),
                ('act', models.CharField(max_length=80)),
                ('object_type', models.CharField(max_length=80)),
                ('object_id', models.BigIntegerField()),
                ('language', models.CharField(default='fr', max_length=2)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='journalentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='25268d14babcf9dbc31b3049d13cdeee897e9d8e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abfb9', table='core_journalentry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_messageevent" ("attempts", "claim", "copy_of_id", "created_at", "deferrals", "demo", "due_at", "handed_at", "id", "key", "kind", "language", "last_error", "lease_until", "message_id", "next_try_at", "object_id", "object_type", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "uid", "useless_after") VALUES (NEW."attempts", NEW."claim", NEW."copy_of_id", NEW."created_at", NEW."deferrals", NEW."demo", NEW."due_at", NEW."handed_at", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."last_error", NEW."lease_until", NEW."message_id", NEW."next_try_at", NEW."object_id", NEW."object_type", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."state", NEW."uid", NEW."useless_after"); RETURN NULL;', hash='d38d1d7ecf0c85a5c6052878338999d6ac9f5c89', operation='INSERT', pgid='pgtrigger_insert_insert_3653c', table='core_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."claim" IS DISTINCT FROM (NEW."claim") OR OLD."copy_of_id" IS DISTINCT FROM (NEW."copy_of_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deferrals" IS DISTINCT FROM (NEW."deferrals") OR OLD."demo" IS DISTINCT FROM (NEW."demo") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."handed_at" IS DISTINCT FROM (NEW."handed_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_error" IS DISTINCT FROM (NEW."last_error") OR OLD."lease_until" IS DISTINCT FROM (NEW."lease_until") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."next_try_at" IS DISTINCT FROM (NEW."next_try_at") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."object_type" IS DISTINCT FROM (NEW."object_type") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."useless_after" IS DISTINCT FROM (NEW."useless_after"))', func='INSERT INTO "core_messageevent" ("attempts", "claim", "copy_of_id", "created_at", "deferrals", "demo", "due_at", "handed_at", "id", "key", "kind", "language", "last_error", "lease_until", "message_id", "next_try_at", "object_id", "object_type", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "uid", "useless_after") VALUES (NEW."attempts", NEW."claim", NEW."copy_of_id", NEW."created_at", NEW."deferrals", NEW."demo", NEW."due_at", NEW."handed_at", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."last_error", NEW."lease_until", NEW."message_id", NEW."next_try_at", NEW."object_id", NEW."object_type", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."state", NEW."uid", NEW."useless_after"); RETURN NULL;', hash='1f46acb1cc1bc9f17539d88bb971867240c6891a', operation='UPDATE', pgid='pgtrigger_update_update_e7970', table='core_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='message',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_messageevent" ("attempts", "claim", "copy_of_id", "created_at", "deferrals", "demo", "due_at", "handed_at", "id", "key", "kind", "language", "last_error", "lease_until", "message_id", "next_try_at", "object_id", "object_type", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "uid", "useless_after") VALUES (OLD."attempts", OLD."claim", OLD."copy_of_id", OLD."created_at", OLD."deferrals", OLD."demo", OLD."due_at", OLD."handed_at", OLD."id", OLD."key", OLD."kind", OLD."language", OLD."last_error", OLD."lease_until", OLD."message_id", OLD."next_try_at", OLD."object_id", OLD."object_type", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."state", OLD."uid", OLD."useless_after"); RETURN NULL;', hash='53d2e36b296591572fdd04172efe7d35861ed2db', operation='DELETE', pgid='pgtrigger_delete_delete_bcd76', table='core_message', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personallink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_personallinkevent" ("act", "created_at", "expires_at", "id", "language", "message_id", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "used_at") VALUES (NEW."act", NEW."created_at", NEW."expires_at", NEW."id", NEW."language", NEW."message_id", NEW."object_id", NEW."object_type", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."used_at"); RETURN NULL;', hash='93a7f84d67fb1ce6e3984aff2f51c95a0e56b4db', operation='INSERT', pgid='pgtrigger_insert_insert_06be6', table='core_personallink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personallink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."object_type" IS DISTINCT FROM (NEW."object_type") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at"))', func='INSERT INTO "core_personallinkevent" ("act", "created_at", "expires_at", "id", "language", "message_id", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "used_at") VALUES (NEW."act", NEW."created_at", NEW."expires_at", NEW."id", NEW."language", NEW."message_id", NEW."object_id", NEW."object_type", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."used_at"); RETURN NULL;', hash='d01a36ab4454d30ffb6cbac71282d42110f63f15', operation='UPDATE', pgid='pgtrigger_update_update_a8bc4', table='core_personallink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personallink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_personallinkevent" ("act", "created_at", "expires_at", "id", "language", "message_id", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "used_at") VALUES (OLD."act", OLD."created_at", OLD."expires_at", OLD."id", OLD."language", OLD."message_id", OLD."object_id", OLD."object_type", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."used_at"); RETURN NULL;', hash='6c593e093fb42a600333977d964b73ed220d3d38', operation='DELETE', pgid='pgtrigger_delete_delete_95748', table='core_personallink', when='AFTER')),
        ),
    ]
