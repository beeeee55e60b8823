"""What a message is about, and what became of it when its sender changed it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add columns that may be empty: safe while the former code runs."""

    dependencies = [("conversations", "0004_protect_and_search")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="about",
            field=models.CharField(max_length=300, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="applied_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="edited_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="first_text",
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
