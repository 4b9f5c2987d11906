"""The language of texts: what is surely another is said, what is doubtful is not."""

import pytest

from crossframe.reading.text.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bürgermeisterin Anna Bell hat am Montag die neue Brücke eröffnet, und die Kritik war groß.", "de"),
        ("La maire Anna Bell a inauguré lundi le nouveau pont de la ville, et la critique fut vive.", "fr"),
        ("El alcalde inauguró el lunes el nuevo puente, y los críticos hablaron de una vergüenza.", "es"),
        ("Il sindaco ha inaugurato lunedì il nuovo ponte, e i critici hanno parlato di vergogna.", "it"),
        ("De burgemeester opende maandag de nieuwe brug en critici noemden de deal een schande.", "nl"),
        ("Borgmesteren åbnede mandag den nye bro, og kritikere kaldte aftalen en skandale for byen.", "da"),
        ("Мэр Анна Белл в понедельник открыла новый мост, критики назвали сделку позором города.", "ru"),
        ("Mayor Anna Bell opened the new bridge on Monday, and critics called the deal a disgrace.", "en"),
        ("Parkland Shooter's Rifle Magazines Were Etched With Swastikas: Reports From The Scene", None),
        ("Tomi Lahren’s Gun in Yoga Pants Instagram Post Sparks Social Media Ridicule Again", None),
        ("Too short to say.", None),
        ("1,000 - 2,000 - 3,000 (4,000) 5,000 / 6,000 + 7,000 = 8,000; 9,000; 10,000; 11,000", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    """A sentence of another language is known; English headlines full of names are not taken for another."""
    assert detect_language(text) in ({"en", None} if language is None else {language})
