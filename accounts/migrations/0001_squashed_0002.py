"""An empty database at once; one of before goes the way of the migrations that this replaces."""

import core.creation
import core.keys
import core.triggers
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_snapshots_by_object')]

    initial = True

    dependencies = [
        ('core', '0001_functions'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        core.creation.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('email', models.EmailField(error_messages={'unique': 'This address has an account already.'}, max_length=254, unique=True, verbose_name='e-mail address')),
                        ('full_name', models.CharField(max_length=200, verbose_name='name')),
                        ('full_name_ar', models.CharField(blank=True, default='', max_length=200, verbose_name='name in Arabic')),
                        ('language', models.CharField(choices=[('fr', 'Français'), ('ar', 'العربية'), ('en', 'English')], default='fr', max_length=2, verbose_name='language')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demonstration account')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='account made')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('key', models.GeneratedField(db_persist=True, expression=core.keys.FKey(django.db.models.functions.text.Concat(models.F('full_name'), models.Value(' '), models.F('full_name_ar'), models.Value(' '), models.F('email'), output_field=models.TextField())), output_field=models.TextField(db_collation='C'))),
                    ],
                    options={
                        'verbose_name': 'account',
                        'verbose_name_plural': 'accounts',
                        'indexes': [models.Index(fields=['key', 'id'], name='user_key'), models.Index(fields=['date_joined', 'id'], name='user_joined'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('key', name='gin_trgm_ops'), name='user_search')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_lower', violation_error_message='An address is kept in lower case.')],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('full_name', models.CharField(max_length=200, verbose_name='name')),
                        ('language', models.CharField(choices=[('fr', 'Français'), ('ar', 'العربية'), ('en', 'English')], default='fr', max_length=2, verbose_name='language')),
                        ('role', models.CharField(choices=[('manager', 'Programme manager'), ('officer', 'Programme officer'), ('trainer', 'Trainer'), ('member', 'Committee member'), ('animator', 'Cluster animator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role')),
                        ('role_ends_on', models.DateField(blank=True, null=True, verbose_name='role until')),
                        ('invited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                        ('created_at', models.DateTimeField(verbose_name='invited on')),
                        ('expires_at', models.DateTimeField(verbose_name='valid until')),
                        ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted on')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn on')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                        ('key', models.GeneratedField(db_persist=True, expression=core.keys.FKey(django.db.models.functions.text.Concat(models.F('email'), models.Value(' '), models.F('full_name'), output_field=models.TextField())), output_field=models.TextField(db_collation='C'))),
                    ],
                    options={
                        'verbose_name': 'invitation',
                        'verbose_name_plural': 'invitations',
                        'indexes': [models.Index(fields=['created_at', 'id'], name='invitation_created'), models.Index(fields=['key', 'id'], name='invitation_key'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('key', name='gin_trgm_ops'), name='invitation_search')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('email', 'role'), name='invitation_open_once', violation_error_message='This address has an open invitation for the role already.')],
                    },
                ),
                migrations.CreateModel(
                    name='InvitationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.invitation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('full_name', models.CharField(max_length=200, verbose_name='name')),
                        ('language', models.CharField(choices=[('fr', 'Français'), ('ar', 'العربية'), ('en', 'English')], default='fr', max_length=2, verbose_name='language')),
                        ('role', models.CharField(choices=[('manager', 'Programme manager'), ('officer', 'Programme officer'), ('trainer', 'Trainer'), ('member', 'Committee member'), ('animator', 'Cluster animator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role')),
                        ('role_ends_on', models.DateField(blank=True, null=True, verbose_name='role until')),
                        ('invited_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                        ('created_at', models.DateTimeField(verbose_name='invited on')),
                        ('expires_at', models.DateTimeField(verbose_name='valid until')),
                        ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted on')),
                        ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn on')),
                        ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_acc_invitation')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleGrant',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                        ('role', models.CharField(choices=[('manager', 'Programme manager'), ('officer', 'Programme officer'), ('trainer', 'Trainer'), ('member', 'Committee member'), ('animator', 'Cluster animator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ],
                    options={
                        'verbose_name': 'role',
                        'verbose_name_plural': 'roles',
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='role_ends_after_start', violation_error_message='A role ends on or after the day on which it starts.'), models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('user', 'role'), name='role_open_once', violation_error_message='This person holds the role already.')],
                    },
                ),
                migrations.CreateModel(
                    name='RoleGrantEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.rolegrant')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
                        ('role', models.CharField(choices=[('manager', 'Programme manager'), ('officer', 'Programme officer'), ('trainer', 'Trainer'), ('member', 'Committee member'), ('animator', 'Cluster animator'), ('auditor', 'Auditor')], max_length=20, verbose_name='role')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='to')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_acc_rolegrant')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                        ('session_data', models.TextField(verbose_name='session data')),
                        ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                        ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
                        ('started_at', models.DateTimeField(null=True, verbose_name='signed in on')),
                        ('seen_at', models.DateTimeField(null=True, verbose_name='last used on')),
                        ('device', models.CharField(blank=True, default='', max_length=200, verbose_name='device')),
                    ],
                    options={
                        'verbose_name': 'sign-in session',
                        'verbose_name_plural': 'sign-in sessions',
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='UserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('email', models.EmailField(error_messages={'unique': 'This address has an account already.'}, max_length=254, verbose_name='e-mail address')),
                        ('full_name', models.CharField(max_length=200, verbose_name='name')),
                        ('full_name_ar', models.CharField(blank=True, default='', max_length=200, verbose_name='name in Arabic')),
                        ('language', models.CharField(choices=[('fr', 'Français'), ('ar', 'العربية'), ('en', 'English')], default='fr', max_length=2, verbose_name='language')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('is_demo', models.BooleanField(default=False, verbose_name='demonstration account')),
                        ('date_joined', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='account made')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_acc_user')],
                    },
                ),
                core.triggers.AddTriggers(
                    model_name='invitation',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_invitationevent" ("accepted_at", "created_at", "email", "expires_at", "full_name", "id", "invited_by_id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "role_ends_on", "user_id", "withdrawn_at") VALUES (NEW."accepted_at", NEW."created_at", NEW."email", NEW."expires_at", NEW."full_name", NEW."id", NEW."invited_by_id", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."role_ends_on", NEW."user_id", NEW."withdrawn_at"); RETURN NULL;', hash='3399ec1e42c32047f3fa1607e7bdfab24ded7491', operation='INSERT', pgid='pgtrigger_insert_insert_8c354', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."accepted_at" IS DISTINCT FROM (NEW."accepted_at") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."invited_by_id" IS DISTINCT FROM (NEW."invited_by_id") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."role_ends_on" IS DISTINCT FROM (NEW."role_ends_on") OR OLD."user_id" IS DISTINCT FROM (NEW."user_id") OR OLD."withdrawn_at" IS DISTINCT FROM (NEW."withdrawn_at"))', func='INSERT INTO "accounts_invitationevent" ("accepted_at", "created_at", "email", "expires_at", "full_name", "id", "invited_by_id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "role_ends_on", "user_id", "withdrawn_at") VALUES (NEW."accepted_at", NEW."created_at", NEW."email", NEW."expires_at", NEW."full_name", NEW."id", NEW."invited_by_id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."role_ends_on", NEW."user_id", NEW."withdrawn_at"); RETURN NULL;', hash='dece8e2cd4ed5c8335081e72fa99a6b10cb0d2ab', operation='UPDATE', pgid='pgtrigger_update_update_4e12d', table='accounts_invitation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_invitationevent" ("accepted_at", "created_at", "email", "expires_at", "full_name", "id", "invited_by_id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "role_ends_on", "user_id", "withdrawn_at") VALUES (OLD."accepted_at", OLD."created_at", OLD."email", OLD."expires_at", OLD."full_name", OLD."id", OLD."invited_by_id", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."role_ends_on", OLD."user_id", OLD."withdrawn_at"); RETURN NULL;', hash='084ccce1ba3cf3a9c530541e76a45d446bbd2037', operation='DELETE', pgid='pgtrigger_delete_delete_f2c14', table='accounts_invitation', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='rolegrant',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_rolegrantevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id"); RETURN NULL;', hash='75bb1bfecef60e05095db4c3b46364ef343bf552', operation='INSERT', pgid='pgtrigger_insert_insert_77ca7', table='accounts_rolegrant', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_rolegrantevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."user_id"); RETURN NULL;', hash='d262d16a6d06ba83a1894aaa0d51a2858bce9100', operation='UPDATE', pgid='pgtrigger_update_update_f0e9e', table='accounts_rolegrant', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_rolegrantevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "user_id") VALUES (OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."starts_on", OLD."user_id"); RETURN NULL;', hash='d511e5f5e382d89b80210c70b50afa7bf1f51d9f', operation='DELETE', pgid='pgtrigger_delete_delete_d0e1f', table='accounts_rolegrant', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='user',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("date_joined", "email", "full_name", "full_name_ar", "id", "is_active", "is_demo", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."date_joined", NEW."email", NEW."full_name", NEW."full_name_ar", NEW."id", NEW."is_active", NEW."is_demo", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."version"); RETURN NULL;', hash='97cb62048fd8b84467be4bb657d6da3c48673d91', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."full_name" IS DISTINCT FROM (NEW."full_name") OR OLD."full_name_ar" IS DISTINCT FROM (NEW."full_name_ar") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_demo" IS DISTINCT FROM (NEW."is_demo") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "accounts_userevent" ("date_joined", "email", "full_name", "full_name_ar", "id", "is_active", "is_demo", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (NEW."date_joined", NEW."email", NEW."full_name", NEW."full_name_ar", NEW."id", NEW."is_active", NEW."is_demo", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."version"); RETURN NULL;', hash='871f4f5aa4e702c805895a263482f701f132340c', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("date_joined", "email", "full_name", "full_name_ar", "id", "is_active", "is_demo", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "version") VALUES (OLD."date_joined", OLD."email", OLD."full_name", OLD."full_name_ar", OLD."id", OLD."is_active", OLD."is_demo", OLD."language", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."version"); RETURN NULL;', hash='9146f9deb06ae2e8c9b25ddbc9513b83f53f239e', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER'))],
                ),
            ]
        ),
    ]
