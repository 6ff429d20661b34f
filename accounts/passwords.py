"""What a password has to be, said in our own words.

The rules are Django's; its Dutch sentences are partly missing and partly wrong.
"""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit wachtwoord is te kort. Neem minstens {self.min_length} tekens."


class NotAboutYou(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord lijkt te veel op je naam of je e-mailadres."


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord is te bekend. Neem iets wat niemand anders bedenkt."
