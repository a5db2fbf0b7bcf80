"""An empty database at once; one of before goes the way of the migrations that this replaces."""

import clusters.models.members
import core.creation
import core.keys
import core.triggers
import django.contrib.postgres.constraints
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('clusters', '0001_initial'), ('clusters', '0002_delegation'), ('clusters', '0003_snapshots_by_object')]

    initial = True

    dependencies = [
        ('directory', '0004_snapshots_by_object'),
    ]

    operations = [
        core.creation.CreateTogether(
            operations=[
                migrations.CreateModel(
                    name='Cluster',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name_fr', models.CharField(max_length=300)),
                        ('name_ar', models.CharField(blank=True, default='', max_length=300)),
                        ('name_en', models.CharField(blank=True, default='', max_length=300)),
                        ('slug', models.SlugField(editable=False, max_length=60, unique=True)),
                        ('kind', models.CharField(choices=[('productive', 'Productive cluster'), ('innovation', 'Innovation cluster'), ('craft', 'Craft cluster')], max_length=12, verbose_name='kind')),
                        ('presentation_fr', models.TextField(blank=True, default='', max_length=5000, verbose_name='presentation in French')),
                        ('presentation_ar', models.TextField(blank=True, default='', max_length=5000, verbose_name='presentation in Arabic')),
                        ('presentation_en', models.TextField(blank=True, default='', max_length=5000, verbose_name='presentation in English')),
                        ('governorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.governorate', verbose_name='governorate of the seat')),
                        ('delegation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.delegation', verbose_name='delegation of the seat')),
                        ('body', models.OneToOneField(blank=True, help_text='The association or economic interest grouping that is the cluster itself.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cluster', to='directory.organisation', verbose_name='legal body')),
                        ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clusters', to='directory.programme', verbose_name='programme')),
                        ('founded_on', models.DateField(blank=True, null=True, verbose_name='founded on')),
                        ('website', models.URLField(blank=True, default='', verbose_name='website')),
                        ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='public e-mail address')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('archived', 'Archived')], default='draft', max_length=10, verbose_name='state')),
                        ('stage', models.CharField(blank=True, choices=[('incubation', 'Incubation'), ('emergence', 'Emergence'), ('growth', 'Growth'), ('maturity', 'Maturity'), ('transformation', 'Decline or transformation')], default='', max_length=16, verbose_name='economic stage')),
                        ('support', models.CharField(blank=True, choices=[('idea', 'Idea'), ('candidate', 'Candidate'), ('selected', 'Selected'), ('diagnosed', 'Diagnosed'), ('planned', 'Plan adopted'), ('active', 'Active'), ('labelled', 'Labelled'), ('watched', 'Under watch'), ('dormant', 'Dormant'), ('closed', 'Closed')], default='', max_length=16, verbose_name='administrative state')),
                        ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='profile confirmed on')),
                        ('source', models.CharField(blank=True, default='', max_length=300, verbose_name='source')),
                        ('origin', models.CharField(choices=[('own', 'Entered in the portal'), ('documented', 'From published sources'), ('fictional', 'Demonstration')], default='own', max_length=12, verbose_name='origin')),
                        ('created_at', models.DateTimeField(verbose_name='entered on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                        ('key', models.GeneratedField(db_persist=True, expression=core.keys.FKey(django.db.models.functions.text.Concat(models.F('name_fr'), models.Value(' '), models.F('name_ar'), models.Value(' '), models.F('name_en'), output_field=models.TextField())), output_field=models.TextField(db_collation='C'))),
                        ('order_fr', models.GeneratedField(db_persist=True, expression=core.keys.FKey(models.F('name_fr')), output_field=models.TextField(db_collation='C'))),
                        ('order_ar', models.GeneratedField(db_persist=True, expression=core.keys.FKey(django.db.models.functions.comparison.Coalesce(django.db.models.functions.comparison.NullIf(models.F('name_ar'), models.Value('')), models.F('name_fr'))), output_field=models.TextField(db_collation='C'))),
                        ('governorates', models.ManyToManyField(blank=True, related_name='+', through='clusters.ClusterGovernorate', to='directory.governorate', verbose_name='also active in')),
                        ('sectors', models.ManyToManyField(blank=True, related_name='+', through='clusters.ClusterSector', to='directory.sector', verbose_name='sectors')),
                    ],
                    options={
                        'verbose_name': 'cluster',
                        'verbose_name_plural': 'clusters',
                        'indexes': [models.Index(fields=['order_fr', 'id'], name='cluster_fr'), models.Index(fields=['order_ar', 'id'], name='cluster_ar'), models.Index(fields=['state', 'order_fr', 'id'], name='cluster_state'), models.Index(fields=['governorate', 'state'], name='cluster_place'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('key', name='gin_trgm_ops'), name='cluster_search')],
                        'constraints': [models.UniqueConstraint(fields=('name_fr',), name='cluster_name_once', violation_error_message='This name exists already.')],
                    },
                ),
                migrations.CreateModel(
                    name='Animation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='animations', to='clusters.cluster')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='animations', to='directory.person', verbose_name='animator')),
                        ('starts_on', models.DateField(verbose_name='animator since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='animator until')),
                        ('share', models.PositiveSmallIntegerField(default=50, verbose_name='share of the working time, in per cent')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'verbose_name': 'animation of a cluster',
                        'verbose_name_plural': 'animations of clusters',
                        'ordering': ['-starts_on', '-id'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='animation_ends_after_start', violation_error_message='An assignment ends on or after the day on which it starts.'), models.CheckConstraint(condition=models.Q(('share__gte', 1), ('share__lte', 100)), name='animation_share_percent', violation_error_message='The share lies between 1 and 100 per cent.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('cluster', '='), ('person', '='), (clusters.models.members.Days('starts_on', 'ends_on'), '&&')], name='animation_once', violation_error_message='This person animates the cluster in these days already.')],
                    },
                ),
                migrations.CreateModel(
                    name='AnimationEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.animation')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster')),
                        ('person', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.person', verbose_name='animator')),
                        ('starts_on', models.DateField(verbose_name='animator since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='animator until')),
                        ('share', models.PositiveSmallIntegerField(default=50, verbose_name='share of the working time, in per cent')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_clu_animation')],
                    },
                ),
                migrations.CreateModel(
                    name='ClusterEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.cluster')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('name_fr', models.CharField(max_length=300)),
                        ('name_ar', models.CharField(blank=True, default='', max_length=300)),
                        ('name_en', models.CharField(blank=True, default='', max_length=300)),
                        ('slug', models.SlugField(db_index=False, editable=False, max_length=60)),
                        ('kind', models.CharField(choices=[('productive', 'Productive cluster'), ('innovation', 'Innovation cluster'), ('craft', 'Craft cluster')], max_length=12, verbose_name='kind')),
                        ('presentation_fr', models.TextField(blank=True, default='', max_length=5000, verbose_name='presentation in French')),
                        ('presentation_ar', models.TextField(blank=True, default='', max_length=5000, verbose_name='presentation in Arabic')),
                        ('presentation_en', models.TextField(blank=True, default='', max_length=5000, verbose_name='presentation in English')),
                        ('governorate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.governorate', verbose_name='governorate of the seat')),
                        ('delegation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.delegation', verbose_name='delegation of the seat')),
                        ('body', models.ForeignKey(blank=True, db_constraint=False, help_text='The association or economic interest grouping that is the cluster itself.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organisation', verbose_name='legal body')),
                        ('programme', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.programme', verbose_name='programme')),
                        ('founded_on', models.DateField(blank=True, null=True, verbose_name='founded on')),
                        ('website', models.URLField(blank=True, default='', verbose_name='website')),
                        ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='public e-mail address')),
                        ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('archived', 'Archived')], default='draft', max_length=10, verbose_name='state')),
                        ('stage', models.CharField(blank=True, choices=[('incubation', 'Incubation'), ('emergence', 'Emergence'), ('growth', 'Growth'), ('maturity', 'Maturity'), ('transformation', 'Decline or transformation')], default='', max_length=16, verbose_name='economic stage')),
                        ('support', models.CharField(blank=True, choices=[('idea', 'Idea'), ('candidate', 'Candidate'), ('selected', 'Selected'), ('diagnosed', 'Diagnosed'), ('planned', 'Plan adopted'), ('active', 'Active'), ('labelled', 'Labelled'), ('watched', 'Under watch'), ('dormant', 'Dormant'), ('closed', 'Closed')], default='', max_length=16, verbose_name='administrative state')),
                        ('confirmed_on', models.DateField(blank=True, null=True, verbose_name='profile confirmed on')),
                        ('source', models.CharField(blank=True, default='', max_length=300, verbose_name='source')),
                        ('origin', models.CharField(choices=[('own', 'Entered in the portal'), ('documented', 'From published sources'), ('fictional', 'Demonstration')], default='own', max_length=12, verbose_name='origin')),
                        ('created_at', models.DateTimeField(verbose_name='entered on')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_clu_cluster')],
                    },
                ),
                migrations.CreateModel(
                    name='ClusterGovernorate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clusters.cluster')),
                        ('governorate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.governorate')),
                    ],
                    options={
                        'verbose_name': 'governorate of a cluster',
                        'verbose_name_plural': 'governorates of clusters',
                        'constraints': [models.UniqueConstraint(fields=('cluster', 'governorate'), name='cluster_governorate_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ClusterGovernorateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.clustergovernorate')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster')),
                        ('governorate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.governorate')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_clu_clustergovernorate')],
                    },
                ),
                migrations.CreateModel(
                    name='ClusterSector',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='clusters.cluster')),
                        ('sector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.sector')),
                    ],
                    options={
                        'verbose_name': 'sector of a cluster',
                        'verbose_name_plural': 'sectors of clusters',
                        'constraints': [models.UniqueConstraint(fields=('cluster', 'sector'), name='cluster_sector_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ClusterSectorEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.clustersector')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster')),
                        ('sector', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.sector')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_clu_clustersector')],
                    },
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='clusters.cluster')),
                        ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.organisation', verbose_name='organisation')),
                        ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.person', verbose_name='artisan')),
                        ('role', models.CharField(choices=[('member', 'Member'), ('founder', 'Founding member'), ('host', 'Host organisation'), ('partner', 'Field partner')], default='member', max_length=10, verbose_name='role')),
                        ('starts_on', models.DateField(verbose_name='member since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='member until')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'verbose_name': 'membership',
                        'verbose_name_plural': 'memberships',
                        'indexes': [models.Index(fields=['cluster', 'starts_on', 'id'], name='membership_since')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='membership_ends_after_start', violation_error_message='A membership ends on or after the day on which it starts.'), models.CheckConstraint(condition=models.Q(('organisation__isnull', True), ('person__isnull', True), _connector='XOR'), name='membership_one_member', violation_error_message='A member is an organisation, or an artisan: one of the two.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('cluster', '='), ('organisation', '='), (clusters.models.members.Days('starts_on', 'ends_on'), '&&')], name='membership_organisation_once', violation_error_message='This organisation is a member in these days already.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('cluster', '='), ('person', '='), (clusters.models.members.Days('starts_on', 'ends_on'), '&&')], name='membership_artisan_once', violation_error_message='This person is a member in these days already.')],
                    },
                ),
                migrations.CreateModel(
                    name='MembershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.membership')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster')),
                        ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.organisation', verbose_name='organisation')),
                        ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.person', verbose_name='artisan')),
                        ('role', models.CharField(choices=[('member', 'Member'), ('founder', 'Founding member'), ('host', 'Host organisation'), ('partner', 'Field partner')], default='member', max_length=10, verbose_name='role')),
                        ('starts_on', models.DateField(verbose_name='member since')),
                        ('ends_on', models.DateField(blank=True, null=True, verbose_name='member until')),
                        ('version', models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_clu_membership')],
                    },
                ),
                migrations.CreateModel(
                    name='Phase',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('cluster', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='clusters.cluster')),
                        ('track', models.CharField(choices=[('stage', 'Economic stage'), ('support', 'Administrative state')], max_length=8, verbose_name='track')),
                        ('code', models.CharField(max_length=16, verbose_name='phase')),
                        ('starts_on', models.DateField(verbose_name='since')),
                        ('note', models.CharField(blank=True, default='', max_length=500, verbose_name='reason or source')),
                    ],
                    options={
                        'verbose_name': 'phase of a cluster',
                        'verbose_name_plural': 'phases of clusters',
                        'ordering': ['-starts_on', '-id'],
                        'constraints': [models.UniqueConstraint(fields=('cluster', 'track', 'starts_on'), name='phase_once_a_day', violation_error_message='Another phase starts on this day already.')],
                    },
                ),
                migrations.CreateModel(
                    name='PhaseEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clusters.phase')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('id', models.BigIntegerField()),
                        ('cluster', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clusters.cluster')),
                        ('track', models.CharField(choices=[('stage', 'Economic stage'), ('support', 'Administrative state')], max_length=8, verbose_name='track')),
                        ('code', models.CharField(max_length=16, verbose_name='phase')),
                        ('starts_on', models.DateField(verbose_name='since')),
                        ('note', models.CharField(blank=True, default='', max_length=500, verbose_name='reason or source')),
                    ],
                    options={
                        'abstract': False,
                        'indexes': [models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_clu_phase')],
                    },
                ),
                core.triggers.AddTriggers(
                    model_name='animation',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_animationevent" ("cluster_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "starts_on", "version") VALUES (NEW."cluster_id", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."share", NEW."starts_on", NEW."version"); RETURN NULL;', hash='9715edaa49b0d6ac8e83b3f05bfab439ecbfb35e', operation='INSERT', pgid='pgtrigger_insert_insert_f1eed', table='clusters_animation', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clusters_animationevent" ("cluster_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "starts_on", "version") VALUES (NEW."cluster_id", NEW."ends_on", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."share", NEW."starts_on", NEW."version"); RETURN NULL;', hash='dcb205c29a3576a5ade57cd3dbd5f069e7a0433c', operation='UPDATE', pgid='pgtrigger_update_update_b6ddb', table='clusters_animation', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_animationevent" ("cluster_id", "ends_on", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "share", "starts_on", "version") VALUES (OLD."cluster_id", OLD."ends_on", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."share", OLD."starts_on", OLD."version"); RETURN NULL;', hash='e087c1651a954649caea295d9953057c837b5da0', operation='DELETE', pgid='pgtrigger_delete_delete_15938', table='clusters_animation', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='cluster',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clusterevent" ("body_id", "confirmed_on", "created_at", "delegation_id", "email", "founded_on", "governorate_id", "id", "kind", "name_ar", "name_en", "name_fr", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation_ar", "presentation_en", "presentation_fr", "programme_id", "slug", "source", "stage", "state", "support", "version", "website") VALUES (NEW."body_id", NEW."confirmed_on", NEW."created_at", NEW."delegation_id", NEW."email", NEW."founded_on", NEW."governorate_id", NEW."id", NEW."kind", NEW."name_ar", NEW."name_en", NEW."name_fr", NEW."origin", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."presentation_ar", NEW."presentation_en", NEW."presentation_fr", NEW."programme_id", NEW."slug", NEW."source", NEW."stage", NEW."state", NEW."support", NEW."version", NEW."website"); RETURN NULL;', hash='163a0993138245b40224c7b504029e1446c8298b', operation='INSERT', pgid='pgtrigger_insert_insert_3762a', table='clusters_cluster', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."body_id" IS DISTINCT FROM (NEW."body_id") OR OLD."confirmed_on" IS DISTINCT FROM (NEW."confirmed_on") OR OLD."created_at" IS DISTINCT FROM (NEW."created_at") OR OLD."delegation_id" IS DISTINCT FROM (NEW."delegation_id") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."founded_on" IS DISTINCT FROM (NEW."founded_on") OR OLD."governorate_id" IS DISTINCT FROM (NEW."governorate_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."name_ar" IS DISTINCT FROM (NEW."name_ar") OR OLD."name_en" IS DISTINCT FROM (NEW."name_en") OR OLD."name_fr" IS DISTINCT FROM (NEW."name_fr") OR OLD."origin" IS DISTINCT FROM (NEW."origin") OR OLD."presentation_ar" IS DISTINCT FROM (NEW."presentation_ar") OR OLD."presentation_en" IS DISTINCT FROM (NEW."presentation_en") OR OLD."presentation_fr" IS DISTINCT FROM (NEW."presentation_fr") OR OLD."programme_id" IS DISTINCT FROM (NEW."programme_id") OR OLD."slug" IS DISTINCT FROM (NEW."slug") OR OLD."source" IS DISTINCT FROM (NEW."source") OR OLD."stage" IS DISTINCT FROM (NEW."stage") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."support" IS DISTINCT FROM (NEW."support") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."website" IS DISTINCT FROM (NEW."website"))', func='INSERT INTO "clusters_clusterevent" ("body_id", "confirmed_on", "created_at", "delegation_id", "email", "founded_on", "governorate_id", "id", "kind", "name_ar", "name_en", "name_fr", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation_ar", "presentation_en", "presentation_fr", "programme_id", "slug", "source", "stage", "state", "support", "version", "website") VALUES (NEW."body_id", NEW."confirmed_on", NEW."created_at", NEW."delegation_id", NEW."email", NEW."founded_on", NEW."governorate_id", NEW."id", NEW."kind", NEW."name_ar", NEW."name_en", NEW."name_fr", NEW."origin", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."presentation_ar", NEW."presentation_en", NEW."presentation_fr", NEW."programme_id", NEW."slug", NEW."source", NEW."stage", NEW."state", NEW."support", NEW."version", NEW."website"); RETURN NULL;', hash='800b0c76cef32aece2b427bcf9042c673ad5f961', operation='UPDATE', pgid='pgtrigger_update_update_03e1f', table='clusters_cluster', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clusterevent" ("body_id", "confirmed_on", "created_at", "delegation_id", "email", "founded_on", "governorate_id", "id", "kind", "name_ar", "name_en", "name_fr", "origin", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "presentation_ar", "presentation_en", "presentation_fr", "programme_id", "slug", "source", "stage", "state", "support", "version", "website") VALUES (OLD."body_id", OLD."confirmed_on", OLD."created_at", OLD."delegation_id", OLD."email", OLD."founded_on", OLD."governorate_id", OLD."id", OLD."kind", OLD."name_ar", OLD."name_en", OLD."name_fr", OLD."origin", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."presentation_ar", OLD."presentation_en", OLD."presentation_fr", OLD."programme_id", OLD."slug", OLD."source", OLD."stage", OLD."state", OLD."support", OLD."version", OLD."website"); RETURN NULL;', hash='27e3fabf84e6b5293361b5a28f9249823a7d38c2', operation='DELETE', pgid='pgtrigger_delete_delete_bb341', table='clusters_cluster', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='clustergovernorate',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clustergovernorateevent" ("cluster_id", "governorate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cluster_id", NEW."governorate_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='aa56aabf96b09229b37a51f63182ef43980c7b68', operation='INSERT', pgid='pgtrigger_insert_insert_7176e', table='clusters_clustergovernorate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clusters_clustergovernorateevent" ("cluster_id", "governorate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cluster_id", NEW."governorate_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='4ebcb2df6dccea781e70bbdae8e3e0fdffe6ff85', operation='UPDATE', pgid='pgtrigger_update_update_5343d', table='clusters_clustergovernorate', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clustergovernorateevent" ("cluster_id", "governorate_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."cluster_id", OLD."governorate_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='ccc61f88f3e6300759543c3e4703047e8a821bd0', operation='DELETE', pgid='pgtrigger_delete_delete_b8aa0', table='clusters_clustergovernorate', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='clustersector',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clustersectorevent" ("cluster_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id") VALUES (NEW."cluster_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sector_id"); RETURN NULL;', hash='7e732d027b7142c78c2a2be4c5ac03502b668e77', operation='INSERT', pgid='pgtrigger_insert_insert_49389', table='clusters_clustersector', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clusters_clustersectorevent" ("cluster_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id") VALUES (NEW."cluster_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sector_id"); RETURN NULL;', hash='fafa028a79c06705981db3ca4a283af952f87b7a', operation='UPDATE', pgid='pgtrigger_update_update_61d8a', table='clusters_clustersector', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_clustersectorevent" ("cluster_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sector_id") VALUES (OLD."cluster_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sector_id"); RETURN NULL;', hash='26214d3f41bfd81f79994698749705f7f6751360', operation='DELETE', pgid='pgtrigger_delete_delete_ffe6b', table='clusters_clustersector', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='membership',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_membershipevent" ("cluster_id", "ends_on", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "version") VALUES (NEW."cluster_id", NEW."ends_on", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."starts_on", NEW."version"); RETURN NULL;', hash='38dcca5ea1b9690a617d50db345257628c3e88a4', operation='INSERT', pgid='pgtrigger_insert_insert_d80de', table='clusters_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clusters_membershipevent" ("cluster_id", "ends_on", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "version") VALUES (NEW."cluster_id", NEW."ends_on", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."starts_on", NEW."version"); RETURN NULL;', hash='6f8c7b50be4dce06a76feea3ef956d55aed43a27', operation='UPDATE', pgid='pgtrigger_update_update_94826', table='clusters_membership', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_membershipevent" ("cluster_id", "ends_on", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts_on", "version") VALUES (OLD."cluster_id", OLD."ends_on", OLD."id", OLD."organisation_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."starts_on", OLD."version"); RETURN NULL;', hash='c14cf1abef505f2e73e94d4afb82a43893441da2', operation='DELETE', pgid='pgtrigger_delete_delete_db495', table='clusters_membership', when='AFTER'))],
                ),
                core.triggers.AddTriggers(
                    model_name='phase',
                    triggers=[pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_phaseevent" ("cluster_id", "code", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "track") VALUES (NEW."cluster_id", NEW."code", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."track"); RETURN NULL;', hash='e328f735a6543dfe2daf92eda325837b2418ccaf', operation='INSERT', pgid='pgtrigger_insert_insert_d80ae', table='clusters_phase', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clusters_phaseevent" ("cluster_id", "code", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "track") VALUES (NEW."cluster_id", NEW."code", NEW."id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."track"); RETURN NULL;', hash='0fb8bd4e3222168b3d720c5bc31a21f4dc6ce16f', operation='UPDATE', pgid='pgtrigger_update_update_b216a', table='clusters_phase', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clusters_phaseevent" ("cluster_id", "code", "id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "track") VALUES (OLD."cluster_id", OLD."code", OLD."id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."track"); RETURN NULL;', hash='f0eae1d14b89587e22d22058448d25368680f009', operation='DELETE', pgid='pgtrigger_delete_delete_ad86c', table='clusters_phase', when='AFTER'))],
                ),
            ]
        ),
    ]
