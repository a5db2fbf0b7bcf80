"""An empty database at once; one of before goes the way of the migrations that this replaces."""

from importlib import import_module

import core.creation
import core.keys
import core.triggers
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import uuid
from django.conf import settings
from django.db import migrations, models


f_sound = import_module('core.migrations.0006_sound').function


class Migration(migrations.Migration):

    replaces = [('core', '0002_initial'), ('core', '0003_jobs'), ('core', '0004_batches'), ('core', '0005_batch_list'), ('core', '0006_sound'), ('core', '0007_imports'), ('core', '0008_snapshots_by_object')]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('core', '0001_functions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.RunSQL(f_sound(), 'DROP FUNCTION IF EXISTS public.f_sound(text)'),
        core.creation.CreateTogether(
            operations=[
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
                    name='MessageBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(db_index=True, max_length=80)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                        ('object_type', models.CharField(blank=True, default='', max_length=80)),
                        ('object_id', models.BigIntegerField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('waiting', 'Leaving soon'), ('held', 'Held back'), ('released', 'Released'), ('dropped', 'Given up')], default='waiting', max_length=10, verbose_name='state')),
                        ('created_at', models.DateTimeField(verbose_name='queued on')),
                        ('release_at', models.DateTimeField(verbose_name='leaves at')),
                        ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled on')),
                    ],
                    options={
                        'verbose_name': 'batch of messages',
                        'verbose_name_plural': 'batches of messages',
                        'indexes': [models.Index(fields=['created_at', 'id'], name='batch_created'), models.Index(condition=models.Q(('state__in', ('waiting', 'held'))), fields=['release_at'], name='batch_open')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', False), ('state__in', ('released', 'dropped'))), models.Q(('settled_at__isnull', True), ('state__in', ('waiting', 'held'))), _connector='OR'), name='batch_settled_iff_date')],
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
                        ('batch', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='messages', to='core.messagebatch')),
                        ('copy_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='core.message')),
                        ('state', models.CharField(choices=[('queued', 'Waiting'), ('held', 'Held back'), ('sending', 'Being sent'), ('sent', 'Sent'), ('written', 'Written to a file, not sent'), ('failed', 'Not delivered'), ('cancelled', 'Cancelled'), ('missed', 'Too late, not sent'), ('not_sent', 'Not sent (demo)')], default='queued', max_length=10, verbose_name='state')),
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
                        'indexes': [models.Index(fields=['due_at', 'id'], name='message_due'), models.Index(fields=['state', 'due_at', 'id'], name='message_state_due'), models.Index(condition=models.Q(('state', 'queued')), fields=['next_try_at', 'id'], name='message_next_try'), models.Index(condition=models.Q(('state', 'sending')), fields=['lease_until'], name='message_lease'), models.Index(fields=['object_type', 'object_id', 'id'], name='message_object'), models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch', 'id'], name='message_batch'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_key', name='gin_trgm_ops'), name='message_search')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state__in', ('sent', 'written'))), models.Q(models.Q(('state__in', ('sent', 'written')), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='message_sent_iff_date'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('lease_until__isnull', False), ('state', 'sending')), models.Q(models.Q(('state', 'sending'), _negated=True), ('claim__isnull', True), ('lease_until__isnull', True)), _connector='OR'), name='message_sending_iff_lease'), models.CheckConstraint(condition=models.Q(models.Q(('to_email__regex', '[[:cntrl:][:space:],;<>]'), _negated=True), models.Q(('to_name__regex', '[[:cntrl:]]'), _negated=True)), name='message_one_clean_address', violation_error_message='An address is one address, on one line.')],
                    },
                ),
                migrations.CreateModel(
                    name='MessageBatchEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.messagebatch')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('key', models.CharField(max_length=80)),
                        ('author', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                        ('object_type', models.CharField(blank=True, default='', max_length=80)),
                        ('object_id', models.BigIntegerField(blank=True, null=True)),
                        ('state', models.CharField(choices=[('waiting', 'Leaving soon'), ('held', 'Held back'), ('released', 'Released'), ('dropped', 'Given up')], default='waiting', max_length=10, verbose_name='state')),
                        ('created_at', models.DateTimeField(verbose_name='queued on')),
                        ('release_at', models.DateTimeField(verbose_name='leaves at')),
                        ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled on')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_cor_messagebatch')],
                    },
                ),
                migrations.CreateModel(
                    name='MessageEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.message')),
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
                        ('state', models.CharField(choices=[('queued', 'Waiting'), ('held', 'Held back'), ('sending', 'Being sent'), ('sent', 'Sent'), ('written', 'Written to a file, not sent'), ('failed', 'Not delivered'), ('cancelled', 'Cancelled'), ('missed', 'Too late, not sent'), ('not_sent', 'Not sent (demo)')], default='queued', max_length=10, verbose_name='state')),
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
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_cor_message')],
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
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='core.personallink')),
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
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_cor_personallink')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='date')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                        ('act', models.CharField(choices=[('read', 'Opened'), ('export', 'Taken as a file')], default='read', max_length=6, verbose_name='act')),
                        ('what', models.CharField(max_length=80, verbose_name='list or file')),
                        ('object_id', models.BigIntegerField(default=0, help_text='0 for a list of all', verbose_name='number')),
                        ('slot', models.DateTimeField(editable=False)),
                        ('filters', models.PositiveSmallIntegerField(default=0, help_text='how many, never which words', verbose_name='filters')),
                        ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                    ],
                    options={
                        'verbose_name': 'reading',
                        'verbose_name_plural': 'readings',
                        'indexes': [models.Index(fields=['at', 'id'], name='read_at'), models.Index(fields=['user', '-at'], name='read_by')],
                        'constraints': [models.UniqueConstraint(fields=('user', 'what', 'object_id', 'act', 'slot'), name='read_once_a_slot')],
                    },
                ),
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(max_length=80, verbose_name='kind')),
                        ('params', models.JSONField(blank=True, default=dict)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='pasted by')),
                        ('file_name', models.CharField(blank=True, default='', max_length=200, verbose_name='file')),
                        ('digest', models.CharField(max_length=64)),
                        ('grid', models.JSONField(blank=True, default=dict)),
                        ('columns', models.JSONField(blank=True, default=list)),
                        ('choices', models.JSONField(blank=True, default=dict)),
                        ('agreed', models.BooleanField(default=False)),
                        ('trouble', models.CharField(blank=True, default='', max_length=500)),
                        ('state', models.CharField(choices=[('staged', 'To be checked'), ('applying', 'Being entered'), ('applied', 'Entered'), ('undone', 'Undone'), ('dropped', 'Given up')], default='staged', max_length=10, verbose_name='state')),
                        ('figures', models.JSONField(blank=True, default=dict)),
                        ('made', models.JSONField(blank=True, default=list)),
                        ('kept', models.JSONField(blank=True, default=dict)),
                        ('created_at', models.DateTimeField(verbose_name='pasted on')),
                        ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='kept until')),
                        ('applied_at', models.DateTimeField(blank=True, null=True, verbose_name='entered on')),
                        ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'verbose_name': 'pasted list',
                        'verbose_name_plural': 'pasted lists',
                        'indexes': [models.Index(fields=['author', '-id'], name='import_author'), models.Index(fields=['kind', 'digest'], name='import_digest'), models.Index(condition=models.Q(('state__in', ('staged', 'applying'))), fields=['expires_at'], name='import_expires')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('staged', 'applying')), models.Q(('choices', {}), ('file_name', ''), ('grid', {}), ('trouble', '')), _connector='OR'), name='import_settled_holds_no_words'), models.CheckConstraint(condition=models.Q(models.Q(('applied_at__isnull', False), ('state__in', ('applied', 'undone'))), models.Q(models.Q(('state__in', ('applied', 'undone')), _negated=True), ('applied_at__isnull', True), ('made', [])), _connector='OR'), name='import_applied_iff_date'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'undone'), ('undone_at__isnull', False)), models.Q(models.Q(('state', 'undone'), _negated=True), ('undone_at__isnull', True)), _connector='OR'), name='import_undone_iff_date')],
                    },
                ),
                migrations.CreateModel(
                    name='Job',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('kind', models.CharField(max_length=80, verbose_name='kind')),
                        ('params', models.JSONField(blank=True, default=dict)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked for by')),
                        ('language', models.CharField(default='fr', max_length=2, verbose_name='language')),
                        ('once_key', models.CharField(blank=True, default='', max_length=64)),
                        ('back_url', models.CharField(blank=True, default='', max_length=500)),
                        ('state', models.CharField(choices=[('queued', 'Waiting'), ('running', 'Running'), ('done', 'Finished'), ('failed', 'Failed'), ('cancelled', 'Stopped')], default='queued', max_length=10, verbose_name='state')),
                        ('done', models.PositiveIntegerField(default=0)),
                        ('total', models.PositiveIntegerField(default=0)),
                        ('message', models.CharField(blank=True, default='', max_length=300)),
                        ('fault', models.CharField(blank=True, choices=[('', 'nothing to report'), ('died', 'The process that did this work stopped twice. Nothing is half done: try again, or ask for less.'), ('no_space', "There is no space left on the server's disk. No file was left behind; tell the manager."), ('not_allowed', 'Your rights have changed since you asked for this: it was not done.'), ('refused', 'A rule of the programme stands against it.'), ('broken', 'An error of the portal stopped this work. It was noted; try again later.')], default='', max_length=20)),
                        ('error', models.CharField(blank=True, default='', max_length=1000)),
                        ('deaths', models.PositiveSmallIntegerField(default=0)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('claim', models.UUIDField(blank=True, editable=False, null=True)),
                        ('cancel_asked', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(verbose_name='asked for on')),
                        ('started_at', models.DateTimeField(blank=True, null=True)),
                        ('heartbeat_at', models.DateTimeField(blank=True, null=True)),
                        ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='finished on')),
                        ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='kept until')),
                        ('result', models.CharField(blank=True, default='', max_length=120)),
                        ('result_name', models.CharField(blank=True, default='', max_length=200)),
                        ('result_type', models.CharField(blank=True, default='', max_length=120)),
                        ('result_size', models.PositiveBigIntegerField(default=0)),
                    ],
                    options={
                        'verbose_name': 'background job',
                        'verbose_name_plural': 'background jobs',
                        'indexes': [models.Index(fields=['author', '-id'], name='job_author'), models.Index(condition=models.Q(('state__in', ('queued', 'running'))), fields=['state', 'id'], name='job_open'), models.Index(fields=['expires_at'], name='job_expires')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('queued', 'running')), models.Q(('once_key', ''), _negated=True)), fields=('author', 'kind', 'once_key'), name='job_once_while_open', violation_error_message='This work is under way already.'), models.CheckConstraint(condition=models.Q(models.Q(('claim__isnull', False), ('heartbeat_at__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('claim__isnull', True)), _connector='OR'), name='job_running_iff_claimed')],
                    },
                ),
                core.triggers.AddTriggers(
                    model_name='journalentry',
                    triggers=[pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='25268d14babcf9dbc31b3049d13cdeee897e9d8e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_abfb9', table='core_journalentry', when='BEFORE'))],
                ),
                core.triggers.AddTriggers(
                    model_name='messagebatch',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_messagebatchevent" ("author_id", "created_at", "id", "key", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_at", "settled_at", "state") VALUES (NEW."author_id", NEW."created_at", NEW."id", NEW."key", NEW."object_id", NEW."object_type", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."release_at", NEW."settled_at", NEW."state"); RETURN NULL;', hash='4fad7494009a1ab86fa51186c7063da35834bb06', operation='INSERT', pgid='pgtrigger_insert_insert_fd4bf', table='core_messagebatch', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "core_messagebatchevent" ("author_id", "created_at", "id", "key", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_at", "settled_at", "state") VALUES (NEW."author_id", NEW."created_at", NEW."id", NEW."key", NEW."object_id", NEW."object_type", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."release_at", NEW."settled_at", NEW."state"); RETURN NULL;', hash='c0715fbf094336c58e0f0857649ee2eccb3209d8', operation='UPDATE', pgid='pgtrigger_update_update_0dcd9', table='core_messagebatch', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_messagebatchevent" ("author_id", "created_at", "id", "key", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "release_at", "settled_at", "state") VALUES (OLD."author_id", OLD."created_at", OLD."id", OLD."key", OLD."object_id", OLD."object_type", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."release_at", OLD."settled_at", OLD."state"); RETURN NULL;', hash='1cb9fb61d85aafac8c40e788d3c51fa18fcf15ec', operation='DELETE', pgid='pgtrigger_delete_delete_ea4a0', table='core_messagebatch', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='message',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_messageevent" ("attempts", "claim", "copy_of_id", "created_at", "deferrals", "demo", "due_at", "handed_at", "id", "key", "kind", "language", "last_error", "lease_until", "message_id", "next_try_at", "object_id", "object_type", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "uid", "useless_after") VALUES (NEW."attempts", NEW."claim", NEW."copy_of_id", NEW."created_at", NEW."deferrals", NEW."demo", NEW."due_at", NEW."handed_at", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."last_error", NEW."lease_until", NEW."message_id", NEW."next_try_at", NEW."object_id", NEW."object_type", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."state", NEW."uid", NEW."useless_after"); RETURN NULL;', hash='d38d1d7ecf0c85a5c6052878338999d6ac9f5c89', operation='INSERT', pgid='pgtrigger_insert_insert_3653c', table='core_message', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."attempts" IS DISTINCT FROM (NEW."attempts") OR OLD."claim" IS DISTINCT FROM (NEW."claim") OR OLD."copy_of_id" IS DISTINCT FROM (NEW."copy_of_id") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."deferrals" IS DISTINCT FROM (NEW."deferrals") OR OLD."demo" IS DISTINCT FROM (NEW."demo") OR OLD."due_at" IS DISTINCT FROM (NEW."due_at") OR OLD."handed_at" IS DISTINCT FROM (NEW."handed_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."key" IS DISTINCT FROM (NEW."key") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_error" IS DISTINCT FROM (NEW."last_error") OR OLD."lease_until" IS DISTINCT FROM (NEW."lease_until") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."next_try_at" IS DISTINCT FROM (NEW."next_try_at") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."object_type" IS DISTINCT FROM (NEW."object_type") OR OLD."outcome" IS DISTINCT FROM (NEW."outcome") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."uid" IS DISTINCT FROM (NEW."uid") OR OLD."useless_after" IS DISTINCT FROM (NEW."useless_after"))', func='INSERT INTO "core_messageevent" ("attempts", "claim", "copy_of_id", "created_at", "deferrals", "demo", "due_at", "handed_at", "id", "key", "kind", "language", "last_error", "lease_until", "message_id", "next_try_at", "object_id", "object_type", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "uid", "useless_after") VALUES (NEW."attempts", NEW."claim", NEW."copy_of_id", NEW."created_at", NEW."deferrals", NEW."demo", NEW."due_at", NEW."handed_at", NEW."id", NEW."key", NEW."kind", NEW."language", NEW."last_error", NEW."lease_until", NEW."message_id", NEW."next_try_at", NEW."object_id", NEW."object_type", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."state", NEW."uid", NEW."useless_after"); RETURN NULL;', hash='1f46acb1cc1bc9f17539d88bb971867240c6891a', operation='UPDATE', pgid='pgtrigger_update_update_e7970', table='core_message', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_messageevent" ("attempts", "claim", "copy_of_id", "created_at", "deferrals", "demo", "due_at", "handed_at", "id", "key", "kind", "language", "last_error", "lease_until", "message_id", "next_try_at", "object_id", "object_type", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "state", "uid", "useless_after") VALUES (OLD."attempts", OLD."claim", OLD."copy_of_id", OLD."created_at", OLD."deferrals", OLD."demo", OLD."due_at", OLD."handed_at", OLD."id", OLD."key", OLD."kind", OLD."language", OLD."last_error", OLD."lease_until", OLD."message_id", OLD."next_try_at", OLD."object_id", OLD."object_type", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sent_at", OLD."state", OLD."uid", OLD."useless_after"); RETURN NULL;', hash='53d2e36b296591572fdd04172efe7d35861ed2db', operation='DELETE', pgid='pgtrigger_delete_delete_bcd76', table='core_message', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='personallink',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_personallinkevent" ("act", "created_at", "expires_at", "id", "language", "message_id", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "used_at") VALUES (NEW."act", NEW."created_at", NEW."expires_at", NEW."id", NEW."language", NEW."message_id", NEW."object_id", NEW."object_type", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."used_at"); RETURN NULL;', hash='93a7f84d67fb1ce6e3984aff2f51c95a0e56b4db', operation='INSERT', pgid='pgtrigger_insert_insert_06be6', table='core_personallink', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."act" IS DISTINCT FROM (NEW."act") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."message_id" IS DISTINCT FROM (NEW."message_id") OR OLD."object_id" IS DISTINCT FROM (NEW."object_id") OR OLD."object_type" IS DISTINCT FROM (NEW."object_type") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."used_at" IS DISTINCT FROM (NEW."used_at"))', func='INSERT INTO "core_personallinkevent" ("act", "created_at", "expires_at", "id", "language", "message_id", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "used_at") VALUES (NEW."act", NEW."created_at", NEW."expires_at", NEW."id", NEW."language", NEW."message_id", NEW."object_id", NEW."object_type", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."used_at"); RETURN NULL;', hash='d01a36ab4454d30ffb6cbac71282d42110f63f15', operation='UPDATE', pgid='pgtrigger_update_update_a8bc4', table='core_personallink', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "core_personallinkevent" ("act", "created_at", "expires_at", "id", "language", "message_id", "object_id", "object_type", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "used_at") VALUES (OLD."act", OLD."created_at", OLD."expires_at", OLD."id", OLD."language", OLD."message_id", OLD."object_id", OLD."object_type", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."used_at"); RETURN NULL;', hash='6c593e093fb42a600333977d964b73ed220d3d38', operation='DELETE', pgid='pgtrigger_delete_delete_95748', table='core_personallink', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='readentry',
                    triggers=[pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0591d82a81fbafd53284f377f019dc7bb11221b1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9914', table='core_readentry', when='BEFORE'))],
                ),
            ]
        ),
    ]
