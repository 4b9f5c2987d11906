"""Lines of a site and sentences of the news that use the same words, side by side."""

import pytest

from crossframe.reading.text.clean import clean_text
from crossframe.reading.text.site_text import is_open_meter, is_site_phrase

SENTENCES = """
Terms of the deal were not disclosed.
Terms of surrender were read out at noon.
Advertisement spending fell by a fifth in April, the agency said.
Advertisements for tobacco will be banned from May.
Advertising was halted after the attack.
Mourners from around the world came to the funeral on Monday.
All networks broke in with live coverage of the verdict.
Breaking news alerts woke the minister at four in the morning.
The latest news from the front reached the capital at noon.
Subscribers left the paper in droves after the scandal.
Sign language was used at the funeral for the first time.
Sign up numbers rose in May, the school said.
Register offices will close over Easter.
Comments by the minister angered the unions.
Comments were not returned on Sunday.
Share prices fell by nine per cent on Monday.
Shares in the firm rose.
Print runs were doubled before the vote.
Cookies were handed out to the children by soldiers.
Copyright law will change in May, the ministry said.
Copyright was disputed.
Related charges were dropped on Friday.
Sponsored candidates won two seats.
Promoted officers were sworn in on Monday.
Recommended doses were exceeded, the report found.
Trending downwards, the polls gave her little hope.
Follow-up tests came back negative.
Follow the money, the prosecutor told the jury on Monday.
Read the letter aloud, the judge told the clerk.
Get the children out, the fire chief shouted.
Support our schools, read the banner on the town hall.
See you in court, Roe wrote to the mayor.
More on the matter was expected later on Tuesday.
Photographs of the crash were shown to the jury.
Video of the arrest was shared thousands of times.
Image consultants were paid two million.
Sources close to the minister said that he would resign.
Updated figures show twelve dead.
Published accounts show a loss of two million.
Posted guards stood at the gate all night.
Loading of the ships stopped at noon.
Search parties found the boat on Sunday near the cape.
Home owners will pay more from April.
Closing arguments are due on Thursday.
Already a member of two boards, she joined a third.
Click farms in three countries were raided by police.
Download speeds fell by half during the outage, users said.
Donations poured in from readers of the paper.
Join us or leave, the rebels told the villagers.
This report was read by nobody in the ministry, she said.
This article of the constitution was never applied.
We use ropes to climb, the guide said.
The jury has heard two of three stories, and you may judge.
Your honour, he told the judge, I am innocent.
You have reached the limit of our patience, the envoy said.
Twitter was fined two million by the regulator.
Print is dead, he said.
Tags were found on the bodies.
Listen to the people, the banner read.
Watch the sky, the mayor told residents.
Newsletter writers were called to testify.
Unions support independent journalism in the region, the report found.
Start-ups will get a free trial of the software, the ministry said.
Buy now, pay later firms lost $2 a month per customer.
Her message was clear: register to vote today.
The paper will charge subscribers £2 a week from June.
Readers can subscribe for 3 euros a month, the paper announced.
The gym offers a free trial for a month, and many sign up.
Rent costs $900 a month in the old town.
A ticket for 49 euros a month became law on Friday.
He vowed to support local journalism with two million euros.
The union called on members to donate a day's pay.
Try as they might, the miners could not pay 20 euros a month.
Your support means the world to me, she told the crowd.
Free school meals for a year were promised by the mayor.
Only 5 euros a day remain for food in the camps.
Parents pay only 30 euros a month for a place in a nursery.
Access to the beach costs £3 a day from May.
Two million members of the union got a pay rise of £3 a week.
""".strip().split("\n")
PHRASES = """
Subscribe
Subscribe now
Subscribe to our newsletter
Subscribe today for full access.
Sign up for our free newsletter and get the day's news in your inbox.
Sign in
Log in or register
Log in to comment on this story.
Already have an account? Log in.
Register now to read this story.
Follow us on Twitter and Facebook.
Follow her on X @janepoe.
Follow the Gazette on Instagram.
Share this article
Share on Facebook
Read more: Who pays for the dam?
Read our full coverage here.
See also: Mayor wins third term
Click here to see the map.
Download our app for alerts.
Get the latest news from around the world, live coverage, off-beat stories, features and analysis.
Latest news and live coverage from around the world.
Get our morning newsletter, free, every day.
Support our journalism with a gift today.
Support independent journalism
Have a tip? Write to tips@gazette.example.
Do you have a story to tell? Send us an email.
We use cookies to make this site work.
This site uses cookies so that you have a better day.
Please enable JavaScript to read this page.
Advertisement
ADVERTISEMENT
Advertisement - scroll to continue
Story continues below advertisement
Article continues after this ad
© 2026 Gazette Media. All rights reserved.
Copyright 2026 The Gazette
All rights reserved. No part of this page may be copied.
Terms of use
Terms and conditions
Privacy policy
Photo: R. Lane
Image: A protester holds a sign in front of the town hall.
Source: Reuters
Tags: ferry, council
Filed under: News
Comments (12)
Leave a comment
Comments are closed.
Your email address will not be published.
3 min read
Updated 5 May 2026 19.30 BST
19m ago
This article was last updated on Monday.
This is a developing story. Check back for updates.
By signing up, you agree to our terms and privacy policy.
You can unsubscribe at any time.
Thank you for reading the Gazette.
Listen to this article
Join our WhatsApp channel for the latest on this story.
Tell us what you think in the comments below.
A version of this article appears in print on May 6, Section A, Page 1.
The views expressed in this article are the author's own.
To read the full story, start your free trial today.
To keep reading, please create a free account.
Support independent journalism: subscribe today for 1 euro a week.
Unlimited access for €1 a week.
Only £2 a month for the first six months.
Digital access from $1 per week. Cancel anytime.
Get 50% off an annual subscription.
Support our work: become a member from €5 a month.
Your support makes our journalism possible.
We rely on readers like you to fund our reporting.
Help us keep our journalism free for everyone.
Enjoying this article? Subscribe for unlimited access.
If you value local news, please subscribe from £1 a week.
Join us for as little as £3 a month and support local journalism.
Choose a plan that suits you and get full access to every story.
Testen Sie die Hafenpost vier Wochen für 1 Euro.
Abonnez-vous pour 1 € par mois.
Take out a subscription today to support local reporting.
Every contribution, however big or small, helps us keep reporting.
Most read
Related stories
Back to top
""".strip().split("\n")


@pytest.mark.parametrize("line", SENTENCES)
def test_sentences(line: str) -> None:
    """A true sentence is the article's, whatever it begins with, and stays between and behind others."""
    assert not is_site_phrase(line)
    text = f"Rain floods town\nHeavy rain fell on the old town all night.\n{line}\nThe river rose by two metres on Monday.\n{line[:-1]} again.\n"
    assert line in clean_text(text).paragraphs


@pytest.mark.parametrize("line", PHRASES)
def test_phrases(line: str) -> None:
    """What only a site says is the site's, sentence or not, and goes wherever it stands."""
    assert is_site_phrase(line)
    text = f"Rain floods town\nHeavy rain fell on the old town all night.\n{line}\nThe river rose by two metres on Monday.\n"
    assert [(one.text, one.reason) for one in clean_text(text).dropped] == [(line, "site phrase")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("You have read two of three articles this month.", True),
        ("You have used 2 of your 3 free stories.", True),
        ("You have 2 free articles left this month. Subscribe for unlimited access.", True),
        ("You have read 3 of 3 free articles.", False),
        ("You have 1 free article left this month. To continue reading, register.", False),
        ("Register for free and get 3 more articles left this month", False),
        ("The jury has heard two of three stories, and you may judge.", False),
    ],
)
def test_open_meters(line: str, expected: bool) -> None:
    """A count of free articles is a meter; what must be paid or signed for is a wall, and other counts are the news."""
    assert is_open_meter(line) is expected
