"""What a phone in the room says, in short words, beside the Dutch also in other languages.

Pure. We translated these ourselves, as the other wordings; the Dutch always stands there.
"""

from dataclasses import dataclass

from kader.vocabulary import QuestionLanguage


@dataclass(frozen=True)
class LiveWords:
    """The sentences of the page of a phone."""

    wait: str
    choose: str
    counted: str
    may_change: str
    over: str


DUTCH = LiveWords(
    wait="Wacht even. De begeleider opent zo een vraag.",
    choose="Duw op jouw antwoord. Niemand ziet wat jij kiest.",
    counted="Dank je. Je stem telt.",
    may_change="Je mag nog een ander antwoord kiezen.",
    over="Deze stemming is gedaan.",
)

OTHER_WORDS = {
    QuestionLanguage.EASY: DUTCH,
    QuestionLanguage.FRENCH: LiveWords(
        wait="Attendez un peu. La question arrive.",
        choose="Appuyez sur votre réponse. Personne ne voit votre choix.",
        counted="Merci. Votre vote compte.",
        may_change="Vous pouvez encore changer de réponse.",
        over="Ce vote est terminé.",
    ),
    QuestionLanguage.ENGLISH: LiveWords(
        wait="Please wait. The question will come soon.",
        choose="Press your answer. Nobody sees what you choose.",
        counted="Thank you. Your vote counts.",
        may_change="You can still choose another answer.",
        over="This vote is over.",
    ),
    QuestionLanguage.TURKISH: LiveWords(
        wait="Biraz bekleyin. Soru birazdan gelecek.",
        choose="Cevabınıza basın. Ne seçtiğinizi kimse görmez.",
        counted="Teşekkürler. Oyunuz sayıldı.",
        may_change="Hâlâ başka bir cevap seçebilirsiniz.",
        over="Bu oylama bitti.",
    ),
    QuestionLanguage.ARABIC: LiveWords(
        wait="انتظر قليلاً. سيأتي السؤال بعد قليل.",
        choose="اضغط على جوابك. لا أحد يرى ما تختاره.",
        counted="شكراً. تم احتساب صوتك.",
        may_change="ما زال بإمكانك اختيار جواب آخر.",
        over="انتهى هذا التصويت.",
    ),
}


def words_in(language: QuestionLanguage | None) -> LiveWords | None:
    """Return the sentences beside the Dutch ones; none when they are the Dutch ones."""
    if language is None or language is QuestionLanguage.EASY:
        return None
    return OTHER_WORDS[language]
