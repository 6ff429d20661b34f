from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rechtencirkel', '0012_live'),
    ]

    operations = [
        migrations.AddField(
            model_name='askedquestion',
            name='text',
            field=models.CharField(blank=True, max_length=500, verbose_name='eigen woorden voor dit gesprek'),
        ),
    ]
