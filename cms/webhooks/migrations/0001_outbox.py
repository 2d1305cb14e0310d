import cms.webhooks.sending
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("log", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=100, unique=True, verbose_name="name"),
                ),
                ("url", models.CharField(max_length=500, verbose_name="address")),
                (
                    "types",
                    models.JSONField(blank=True, default=list),
                ),
                (
                    "languages",
                    models.JSONField(blank=True, default=list),
                ),
                (
                    "actions",
                    models.JSONField(blank=True, default=list),
                ),
                ("enabled", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "secret",
                    models.CharField(
                        default=cms.webhooks.sending.new_secret,
                        editable=False,
                        max_length=100,
                    ),
                ),
                (
                    "previous_secret",
                    models.CharField(blank=True, editable=False, max_length=100),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("failures", models.PositiveIntegerField(default=0, editable=False)),
                ("failing_since", models.DateTimeField(editable=False, null=True)),
                ("rests_until", models.DateTimeField(editable=False, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.UUIDField()),
                ("locale", models.CharField(max_length=100)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting"),
                            ("delivered", "delivered"),
                            ("parked", "given up"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "attempts",
                    models.PositiveIntegerField(default=0),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                ("first_attempt_at", models.DateTimeField(null=True)),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "delivered_at",
                    models.DateTimeField(null=True),
                ),
                (
                    "last_obstacle",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "address",
                                "This is not an address of the form https://host/path.",
                            ),
                            ("insecure", "The address must begin with https://."),
                            (
                                "credentials",
                                "The address may not hold a user name or password.",
                            ),
                            (
                                "unknown_host",
                                "The host in the address cannot be found.",
                            ),
                            (
                                "not_public",
                                "The host leads to an address inside a network.",
                            ),
                            ("no_connection", "The receiver could not be reached."),
                            (
                                "certificate",
                                "The certificate of the receiver is not valid.",
                            ),
                            ("too_slow", "The receiver took too long to answer."),
                            (
                                "no_answer",
                                "The receiver gave no answer that can be understood.",
                            ),
                            (
                                "redirect",
                                "The receiver sends us on; redirects are not followed.",
                            ),
                            (
                                "refused",
                                "The receiver answered that it could not take it.",
                            ),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "last_status",
                    models.PositiveSmallIntegerField(null=True),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="log.publication",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="cms_webhooks.endpoint",
                        verbose_name="webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["next_attempt_at", "publication"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["endpoint", "key", "locale", "publication"],
                        name="delivery_order",
                    ),
                    models.Index(
                        condition=models.Q(("state", "delivered")),
                        fields=["delivered_at"],
                        name="delivery_done",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "publication"),
                        name="delivery_once_per_endpoint",
                    )
                ],
            },
        ),
    ]
