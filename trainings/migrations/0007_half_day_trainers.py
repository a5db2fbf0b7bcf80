"""The trainers of a half-day get snapshots: the join table that was there becomes a model of its own."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

LINKS = [
    migrations.CreateModel(
        name="HalfDayTrainer",
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            (
                "half_day",
                models.ForeignKey(
                    db_column="halfday_id",
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="trainings.halfday",
                ),
            ),
            (
                "person",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="+",
                    to="directory.person",
                    verbose_name="trainer",
                ),
            ),
        ],
        options={
            "verbose_name": "trainer of a half-day",
            "verbose_name_plural": "trainers of half-days",
            "db_table": "trainings_halfday_trainers",
            "unique_together": {("half_day", "person")},
        },
    ),
    migrations.AlterField(
        model_name="halfday",
        name="trainers",
        field=models.ManyToManyField(
            blank=True,
            related_name="+",
            through="trainings.HalfDayTrainer",
            to="directory.person",
            verbose_name="trainers",
        ),
    ),
]

KNOWN = """
INSERT INTO trainings_halfdaytrainerevent (pgh_created_at, pgh_label, pgh_obj_id, id, halfday_id, person_id)
SELECT NOW(), 'insert', id, id, halfday_id, person_id FROM trainings_halfday_trainers
"""


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("trainings", "0006_calendar_feed"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=LINKS),
        migrations.CreateModel(
            name='HalfDayTrainerEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='halfdaytrainerevent',
            name='half_day',
            field=models.ForeignKey(db_column='halfday_id', db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='trainings.halfday'),
        ),
        migrations.AddField(
            model_name='halfdaytrainerevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='directory.person', verbose_name='trainer'),
        ),
        migrations.AddField(
            model_name='halfdaytrainerevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='halfdaytrainerevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='trainings.halfdaytrainer'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='halfdaytrainer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "trainings_halfdaytrainerevent" ("halfday_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."halfday_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='81a5af883b2479c942cad79558cc85f906dedbc1', operation='INSERT', pgid='pgtrigger_insert_insert_ba7a4', table='trainings_halfday_trainers', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='halfdaytrainer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "trainings_halfdaytrainerevent" ("halfday_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."halfday_id", NEW."id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='fda674f35ad6f93a33089121760f1d391af1e846', operation='UPDATE', pgid='pgtrigger_update_update_60d40', table='trainings_halfday_trainers', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='halfdaytrainer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "trainings_halfdaytrainerevent" ("halfday_id", "id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."halfday_id", OLD."id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='e7702812346c971f48cccc021efe54f999a261a2', operation='DELETE', pgid='pgtrigger_delete_delete_f9cd2', table='trainings_halfday_trainers', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='halfdaytrainerevent',
            index=models.Index(fields=['pgh_obj', '-pgh_id'], include=('pgh_created_at',), name='as_of_tra_halfdaytrainer'),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
    ]
