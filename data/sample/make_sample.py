"""Write the invented sample: one person's ten months of interviews, as five CSV files.

    uv run python data/sample/make_sample.py [FOLDER]

The story below says what happened; how they behaved, how they felt and when they wrote it down is drawn with a
fixed seed. Two habits are written into the story itself, so that their effects are known: asking questions at the
end lines up with callbacks, coffee a little against them. Only `random()` is drawn from, which gives the same
numbers in every version of Python.
"""

import csv
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from interview_kit import schema

# Chosen among some, so that luck alone raises no behavior above the two that are written into the story.
SEED = "sample 99"
YEAR = 2026
FIRST_DAY, LAST_DAY = date(YEAR, 1, 7), date(YEAR, 10, 30)
ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
TEXTS = {
    "docs": "documents_given",
    "issues": "issues",
    "better": "answer_better",
    "needed": "still_needed",
    "well": "went_well",
    "notes": "notes",
}
FLAGS = {"y": "yes", "n": "no", "-": ""}

# Share of "yes" at the start, at the end, and how much more of it before a callback.
HABITS = {
    "did_prepare": (0.70, 0.85, 0.05),
    "did_arrive_early": (0.80, 0.80, 0.00),
    "did_keep_good_posture": (0.25, 0.90, 0.00),
    "did_make_eye_contact": (0.55, 0.65, 0.10),
    "did_listen_before_answering": (0.50, 0.60, 0.05),
    "did_give_examples": (0.50, 0.60, 0.15),
    "did_ask_next_steps": (0.20, 0.45, 0.05),
}
MINUTES = {"screen": 30, "technical": 60, "take-home": 45, "onsite": 150, "final": 60, "other": 45}

# What they worked on, from which day.
FOCUS = (
    (date(YEAR, 6, 15), "did_ask_questions_at_end"),
    (date(YEAR, 9, 7), "did_keep_good_posture"),
    (date(YEAR, 10, 5), "did_ask_questions_at_end"),
)

# "#" a company and the role; "@" a round: day, stage, format, asked questions and drank coffee (y, n, -), outcome, days
# until it was known. Below a round: what was written down. "mark" sets a value that would be drawn; "q" is a question:
# how it was answered, topic, words, a better answer; "met" a contact: role, mail or phone, notes; "todo" a follow-up:
# kind, days until due and done. Two spaces continue a line, "//" is a line break.
STORY = """
# Tallowfield Foods | Data Analyst
@ 01-07 screen phone ny rejected 8
docs CV
issues First one in six years. I talked over her twice and then apologized for four minutes.
better "Why are you leaving?" I'm not leaving, they closed the whole department. Just say that.
notes Third coffee was a mistake, my voice was shaking.
mark did_listen_before_answering no
mark rated_calm 1
q badly | motivation | Why are you looking for a new position? | The garden centers closed head office in December, all
  of us went. I want to stay close to the stores and their numbers.
q okay | about me | Walk me through your CV in two minutes.

# Brindlecove Travel | Data Analyst
@ 01-13 screen video ny no-reply 35
docs CV, cover letter
issues Camera froze, I didn't notice and went on talking to nobody.
well She liked the story about the seasonal forecast.
mark chance 80
q okay | tools | Which dashboard tools have you used?
met Mara Ellingworth | Recruiter | m | Friendly, in a hurry. Said "you'll hear from us by Friday either way."
todo thank-you 1 4 | Late, but sent.
todo ask-status 10 14 | One polite mail. Nothing.

# Ostermoor Savings Bank | Reporting Analyst
@ 01-15 screen phone nn callback 6
docs CV, two references
well Knew their annual report, they noticed.
q well | about me | What did a normal week look like in your last job?
met Tobias Fenn | Head of Reporting | mp | Came up through branch work himself. Runs half marathons.
todo thank-you 1 1 |
@ 01-29 technical video ny rejected 8
issues Live SQL on a shared screen. Forgot what a window function is, on camera, for what felt like a year.
better Running total per branch: SUM() OVER (PARTITION BY branch ORDER BY day). I have written this hundreds of times.
notes Two espressos before, hands cold, couldn't type.
mark rated_calm 2
q badly | SQL | Write a running total per branch. | SUM(amount) OVER (PARTITION BY branch_id ORDER BY booked_on), and
  say out loud what the frame is.
q okay | SQL | What is the difference between WHERE and HAVING?
todo stay-in-touch 60 71 | Tobias was kind about it. Send him the article on branch closures.

# Pelliwick Toys | Insights Analyst
@ 01-23 screen video yy no-reply 34
docs CV, portfolio link
well Asked what they'd want done in the first 90 days, got a real answer.
issues They want someone who "lives and breathes plastic dinosaurs". I smiled too long.
q okay | business sense | How would you find out why a toy sells in one region and not in another?

# Nuvelda Health | Data Analyst
@ 01-27 screen phone ny rejected 3
issues Took the call on the stairs of my building. Echo, neighbor, dog.
better Salary. I said "whatever is usual" and heard myself lose.
q badly | salary | What are your salary expectations? | Name a range, with the reason: from published pay bands for this
  level, and that the upper half fits six years of experience.
mark did_prepare no

# Harlowick Rail | Data Analyst
@ 02-03 screen phone yn callback 6
docs CV
well No coffee, slept, had a list of three questions. Used two.
q well | motivation | Why trains?
met Ines Calloway | Talent Partner | mp | Warm. Told me who will be in the next round and what they care about.
todo thank-you 1 2 | Mentioned the punctuality data she told me about.
@ 02-17 technical in-person nn rejected 13
docs CV, printed work samples
issues Panel of four. The statistician kept asking "and how do you know?" Fair, actually.
better How sure I was about the forecast. I had the intervals and did not show them.
needed Certificate of my statistics course
mark ended_at 18:05
notes It was so late in the day that nobody wanted any more talk, me neither. Went home without asking one thing.
q badly | statistics | How do you know that the change was real and not luck? | Show the interval, say what I would have
  seen if nothing had changed, and which weeks I left out and why.
q okay | Python | How do you check your own code?
met Colin Thackwray | Senior Statistician | m | Terse but honest. Offered to look at my forecast notebook some day.
todo send-information 2 6 | Scan of the statistics certificate.
todo stay-in-touch 45 50 | Ask Colin about the book on forecasting he mentioned.

# Gantry & Plum | Marketing Analyst
@ 02-05 screen video n- no-reply 40
docs CV, cover letter (for the wrong company, oh no)
issues Cover letter had another company's name in it. She read it out.
notes Never copy letters at midnight again.
q okay | A/B tests | When would you stop an experiment early?

# Dunmarrow Freight | Data Analyst
@ 02-09 applied - -- rejected 21

# Morrowfen Energy | Data Analyst
@ 02-11 screen phone ny rejected 14
issues Monologue about my old team. He said "mm-hm" eleven times, I counted afterwards.
well Knew what a load curve is.
q okay | experience | What was the largest data set you worked with?
mark did_listen_before_answering no

# Vantriss Mobility | Analytics Engineer
@ 02-19 screen video ny callback 7
docs CV, portfolio link
well The bike counter project. Third time I've told it and it is finally short.
issues Blank when they asked if I have any questions. "No, you've answered everything." They hadn't.
q well | experience | Tell us about something you built that people still use.
met Aisha Berrada | Recruiter | mp | Explained the whole process unasked. Four steps, take-home is the second.
todo thank-you 1 1 |
@ 03-04 take-home video yn callback 8
docs Take-home repository, README
well They had really read it. Spent the hour on *why*, not on what.
q well | data modeling | Why did you split the trips table in two?
q okay | data modeling | Which tests would you put on this model?
met Devon Achterberg | Lead Analytics Engineer | m | We disagreed about surrogate keys and both enjoyed it.
todo thank-you 1 0 | With the link to the talk on slowly changing dimensions.
@ 03-19 onsite in-person ny no-reply 38
docs CV, passport copy for the visitor badge
issues Five hours, five people, five coffees. By the end I could hear my own heart.
better What I'd do when two departments define "active customer" differently.
needed Phone numbers of two references
notes They walked me round the workshop. I wanted this one so badly.//Then five weeks of nothing. How do people do that?
mark rated_calm 1
mark chance 90
q badly | conflict | Two departments define the same number differently. What do you do? | Write both definitions down,
  show where they differ in one real week, let the owner decide, keep the old one under another name.
q okay | teamwork | How do you like to get feedback?
met Renata Vogelsang | Head of Data | mp | Sat in for twenty minutes. Asked the best question of the day.
todo thank-you 1 1 | Three separate mails, each a little different.
todo send-information 2 2 | References' numbers, both said yes.
todo ask-status 12 13 | Aisha: "still deciding".
todo ask-status 26 27 | No answer this time.

# Thimblewick Games | Player Insights Analyst
@ 03-02 screen video yn rejected 7
well Asked how they notice that a level is too hard. We got carried away.
issues I don't play games. It showed.
q okay | motivation | Which games do you play?

# Ellery Stroud Books | Data Analyst
@ 03-06 screen phone ny no-reply 30
docs CV
notes Publisher, lovely people, no money. Said so themselves.
q okay | salary | This pays less than your last job. Is that a problem?

# Kestrelbrook Logistics | Business Analyst
@ 03-10 screen phone yy callback 6
well Short answers! Stopped when I was done.
q well | business sense | How would you measure whether a warehouse is doing well?
met Grant Hollingberry | Operations Director | p | Wants numbers he can read standing up.
@ 03-20 technical video yy callback 6
docs Sample dashboard (made-up data)
well Shared my screen and just *worked*, forgot they were there.
q well | dashboards | Which number would you leave off this page?
q okay | SQL | How would you find duplicate deliveries?
todo thank-you 1 1 | Screenshot of the fixed dashboard.
@ 04-02 onsite in-person nn rejected 7
docs CV, references, driving license
issues Was asked about shift work at the very end, hadn't known it was part of the job.
better "Where do you see yourself in five years?" - please, anything but "still employed, hopefully".
notes Grant called himself to say no. Said I was second. Second is nice, second doesn't pay rent.
q badly | motivation | Where do you see yourself in five years? | Owning the numbers for one area, and having taught
  two other people to do without me.
met Beth Quarmby | HR Manager | m |
todo stay-in-touch 90 96 | Grant said to call in the summer. Called; hiring freeze till autumn.

# Fennimark Pharma | Data Analyst, Clinical Operations
@ 03-12 screen phone ny rejected 15
docs CV, cover letter, certificates
issues They need SAS, I have none. Nobody had read my CV before the call.
notes 25 minutes of my life.
q badly | tools | How long have you worked with SAS? | Not yet; here is how I learned the last tool: small port of a
  report, side by side with the old one, in two weeks.

# Veltrano Cloud | Analytics Engineer
@ 03-16 applied - -- no-reply 40

# Saltmere Housing Trust | Performance Analyst
@ 03-25 screen video nn no-reply 32
well Told them about volunteering at the food bank without sounding like a brochure.
issues Connection dropped twice.
needed Proof of right to work
q okay | teamwork | How do you explain a number to someone who is afraid of numbers?

# Oriel & Finch Optics | Data Analyst
@ 03-30 screen phone -y rejected 11
notes Only writing this down on Saturday and I honestly can't remember how it ended.
mark debriefed_at 2026-04-04 18:20:11
q okay | tools | Spreadsheets or SQL, and why?

# Wrenbury Borough Digital Team | Data Officer
@ 04-08 other in-person nn rejected 13
docs Application form (14 pages), CV, diploma, references
issues Scored interview: everyone gets the same eight questions and nobody may nod. Unnerving.
better Give an example of "challenging poor practice". I had one! Thought of it on the bus.
well Answered the accessibility question properly.
q badly | conflict | Tell us about a time when you challenged poor practice. | The rounding of complaint rates: what I
  saw, whom I asked first, what we changed, what it cost.
q okay | experience | How do you make sure that a report can be read by everyone?

# Lumivar Lighting | Analytics Engineer
@ 04-10 screen phone yy callback 5
well Asked why the last person left. Honest answer: promotion.
q well | about me | What are you proud of?
met Hanna Lindqvist | Recruiter | mp | Swedish, very direct. Likes it when people are on time and short.
todo thank-you 1 1 |
@ 04-22 technical video yn callback 7
docs Work samples
well Drew the model on paper and held it into the camera. They laughed, then used my drawing for the rest of the hour.
q well | data modeling | Model lamps that are sold, leased and returned.
q okay | SQL | Why is this query slow?
@ 05-06 onsite in-person yn callback 6
docs CV, references
well Lunch with the team was actually nice. Asked each of them what they'd change.
needed Earliest start date in writing
q well | teamwork | What would your old colleagues say about you?
q okay | failure | Tell us about a number you got wrong.
met Jürgen Pohlmann | Head of Finance | mp | Showed me his Excel sheet from 2009. Respect.
todo thank-you 1 1 | Hanna and Jürgen
todo send-information 1 2 | Start date: could begin on June 1.
@ 05-20 final video ny rejected 8
issues CEO, 30 minutes, clearly between two flights. I over-explained everything.
better What would you do in your first month? I listed tools. He wanted to hear about customers.
notes So close. "It was between you and one other person, and she knew the industry."//Did not get out of bed on Friday.
mark chance 90
mark rated_calm 2
q badly | business sense | What would you do in your first month? | Talk to five customers and three people in the shop,
  then fix one number that everybody complains about.
todo thank-you 1 7 | Even after the no. Hanna answered, she'd like to stay in contact.
todo stay-in-touch 75 80 | Hanna: no opening, but a hint about Marlstone.

# Bramblegate Outdoor | Data Analyst
@ 04-15 screen phone ny rejected 5
issues Interviewer ate lunch. Audibly.
notes One of those where both sides knew after three minutes
q okay | motivation | Are you an outdoor person?

# Kittlewell Payments | Fraud Analyst
@ 04-17 screen video yn no-reply 36
docs CV, portfolio link
well Precision vs. recall, explained with smoke alarms. Works every time.
q well | statistics | How would you explain a false positive to a customer?

# Hobbart & Lyle | Junior Analyst
@ 04-20 applied - -- rejected 2
notes Rejected in two days, "overqualified". First time anyone called me that.

# Arbelos Freight | Data Analyst
@ 04-24 screen phone ny callback 10
well He asked about outliers and I had a fresh story.
issues Said "no, all clear, thank you" at the end, AGAIN.
q okay | statistics | What do you do with outliers?
met Samir Khoudari | Team Lead Analytics | mp | Ex-consultant. Wants people who say no to him.
@ 05-12 technical in-person yn rejected 6
docs CV
issues Whiteboard. My handwriting. Enough said.
better Sizing the market for parcel lockers - start with households, not with feelings.
q badly | case | How many parcel lockers does this city need? | Households, parcels a week, share not at home, pickups
  per locker per day; say each guess out loud, round, check against one known number.
q okay | SQL | Explain an anti-join.

# Yarrowby Seeds | Data Analyst
@ 05-04 screen video yn rejected 10
docs CV, cover letter
well Garden center years finally good for something: knew the season by heart.
needed Salary history, which I'd rather not send. Asked a friend: I don't have to.
q well | business sense | When do people buy seeds, and how early would you see a bad year?
met Fiona Macgillan-Hart | Founder | M | Would like my opinion on their seed packets. Sent five lines.
todo stay-in-touch 120 130 | She asked how it's going. Nice of her.

# Mirefield Water | Data Analyst
@ 05-08 screen phone ny no-reply 33
issues Reading questions from a sheet, typing every word I said. Long silences, filled them all.
q okay | experience | Give an example of meeting a deadline.

# Pinscombe Tools | Business Intelligence Developer
@ 05-14 screen video nn callback 6
well He knew my old boss. Good word was put in, apparently.
q well | experience | What was your part in the stock system?
met Paula Estévez | BI Lead | m | Five dashboards, all red. Wants fewer.
@ 05-28 technical video yy rejected 8
docs Sample report
issues DAX. I know enough to be dangerous, they noticed the danger.
better CALCULATE and filter context; draw it next time instead of waving my hands.
q badly | tools | Explain filter context. | The filters in force while a measure is worked out: rows of the visual,
  slicers, and what CALCULATE changes. Then one example with two regions.
q okay | dashboards | Tell me about a dashboard nobody used.

# Möhrenthal Coffee Roasters | Supply Chain Analyst
@ 05-18 screen in-person ny rejected 3
docs CV
issues You can't say no to coffee at a coffee company. Four cups "to understand the product".
notes Funniest interview so far. Vibrated all the way home.
q okay | business sense | Green coffee gets 20% more expensive. Which numbers do you look at first?

# Castelline Fashion | Merchandise Analyst
@ 05-26 screen phone nn no-reply 31
issues "We're like a family here." Uh-oh.
q okay | conflict | How do you deal with pressure?

# Northquill Learning | Data Analyst
@ 06-02 screen video yn callback 3
docs CV, portfolio link
well Went through all my debriefs last night: I almost never ask anything at the end. Asked three things today.
q well | motivation | Why education?
met Lotte van der Meulen | People Partner | mp | Dutch, funny. Said most applicants never ask how success is measured.
todo thank-you 1 1 | Took up the question about dropout rates.
@ 06-12 technical video yy callback 5
docs Notebook with a retention analysis
well Retention curve, right censoring and all. They took a photo of it.
q well | statistics | How do you treat students who are still enrolled?
q okay | Python | Why pandas and not SQL here?
@ 06-25 onsite in-person yy callback 5
docs CV, references
well "What would make you say in a year that hiring me was right?" Long pause, then the best talk of the day.
issues Presentation ran over by six minutes.
q well | teamwork | How do you say no to a director?
q okay | failure | What did you learn from the project that failed?
met Theo Winstanley | Product Director | mp | Wants experiments, has no traffic. We talked about what *can* be learned.
todo thank-you 1 1 |
@ 07-07 final video yn offer 6
mark rated_calm 5
well Calm. Actually calm. Looked forward to it, who am I?
notes OFFER!! One year, 60%, and the pay of 2015.//Slept on it twice. Said no. Cried. Still think it was right.
q okay | salary | What would you need to say yes today?
todo send-information 2 2 | The papers for the contract, before I had decided.
todo stay-in-touch 60 62 | Lotte: "if the full-time post comes, you're the first call."

# Ravensmoot Security | Data Analyst
@ 06-05 screen phone ny rejected 12
issues Background check questions before hello.
needed Police certificate
q okay | experience | Have you worked with confidential data?
todo send-information 5 4 | Ordered, paid 30 for it, then they said no.

# Tidewell Ferries | Revenue Analyst
@ 06-10 screen video yy no-reply 30
well Asked about the empty Tuesday sailings, he lit up.
issues Talked so much about Tuesdays that we ran out of time for my own experience.
q okay | business sense | How would you price a half-empty ferry?

# Abernook Hotels | Revenue Analyst
@ 06-16 screen phone nn withdrawn 3
issues On the road four days a week. Not in the ad.
notes Took myself out. Felt oddly good.

# Grindlow Robotics | Analytics Engineer
@ 06-19 screen video yn callback 6
docs CV, code samples
well Two questions from my card, both about how decisions are made there.
q well | tools | How would you bring order into forty dbt models?
met Kenji Moriwaki | Data Platform Lead | m | Loves tests. Sent me his conference slides.
todo thank-you 1 0 |
@ 07-01 technical video yy rejected 8
issues Pair programming in an editor I'd never seen. Every shortcut did something else.
better Idempotent loads. I described it but couldn't name it.
q badly | data modeling | What happens if this load runs twice? | It has to be idempotent: a key and a merge, or delete
  and insert of one day in one transaction. Then say how I would test it.
q okay | Python | Refactor this function while we watch.
todo thank-you 2 2 | Told Kenji I've read up on it since.

# Solvanne Beauty | Data Analyst
@ 06-22 applied - -- no-reply 45

# Papermoth Print | Data Analyst
@ 06-30 screen phone yn rejected 9
well Prepared one question on paper costs. Turns out paper costs are THE topic.
notes They went with someone internal, third time this year. Ask early whether there is an internal candidate!
q okay | motivation | Isn't this job too small for you?

# Silverbeck Credit | Risk Analyst
@ 07-10 screen phone ny rejected 4
issues Forgot my card with questions in the other jacket. Mind white.
better Probability of default, in one sentence, without the formula.
q badly | statistics | Explain a credit score to my grandmother. | Of a hundred people who look like you on paper, how
  many paid back. Ninety-five? Then the score is high.

# Ombrelle Weather | Data Analyst
@ 07-15 screen video yy callback 5
docs CV, portfolio link
well Weather nerds. Home.
q well | statistics | What does a 30% chance of rain mean?
met Nadia Petrossian-Clay | Chief of Staff | M | Fast, kind, a bit chaotic. Sent the brief at 23:40.
@ 07-24 take-home video yy withdrawn 4
issues "About four hours." It was twenty, unpaid, and suspiciously close to a real client's problem.
better Should have asked on day one how the result will be used.
notes Wrote them a friendly no. Nadia apologized, that was decent.
q okay | case | Which customers would you warn first?
todo thank-you 3 3 | Thanked her, explained why.

# Claymarch Ceramics | E-Commerce Analyst
@ 07-20 screen video yn no-reply 37
docs CV, cover letter
well Asked which number the founder looks at first in the morning. Nobody knew. Awkward, but useful.
q okay | A/B tests | We have 900 visitors a week. What would you test?
todo ask-status 14 16 | Out of office till September.

# Hexley Foundry | Production Analyst
@ 07-29 screen in-person yy rejected 7
docs CV, safety certificate
issues Steel-toe boots two sizes too big during the tour. Walked like a duck.
well Spotted the gap in their shift data before they'd told me.
q well | dashboards | What would you show on the screen in the hall?

# Wickersea Aquarium | Visitor Insights Analyst
@ 08-05 screen phone yy callback 6
docs CV
well "How do you know that visitors were happy?" - asked it back at them, in a good way.
q well | motivation | Sharks or penguins?
met Ruth Abelard-Finn | Visitor Services Manager | mp | Twenty years there. Knows every school class by name.
todo thank-you 1 1 |
@ 08-19 technical video yn rejected 9
issues Wanted Bayesian something. Was honest about what I don't know.
better Seasonality with two years of data: say what can't be told apart.
notes Ruth wrote "the penguins voted for you". I'll keep that one.
q badly | statistics | How would you forecast visitors from two years of data? | Last year's same week as the thing to
  beat, then holidays and weather; and say plainly how wide the range is.
q well | business sense | What drives gift shop sales?
todo stay-in-touch 30 35 | Sent Ruth the school holidays calendar.

# Fablecroft Audio | Data Analyst
@ 08-11 screen video yn rejected 8
docs CV, portfolio link
well Good pace. Waited two seconds before every answer, as practiced.
issues Their data person leaves and there's nobody to learn from.
q okay | experience | How did you work without a data team?
mark did_listen_before_answering yes

# Eskwick Parcel | Analytics Engineer
@ 08-13 applied - -- rejected 1
notes Automatic no after nine minutes. At least it's quick.

# Bluefennel Kitchens | Data Analyst
@ 08-26 screen phone ny no-reply 33
issues Call came two hours early, I was in the supermarket between the cheese and the yoghurt.
notes Should've asked to reschedule. Next time I will!
mark did_prepare no
mark did_arrive_early no
q badly | about me | So, why should we hire you? | I make numbers that people act on: the stock report cut write-offs by
  a tenth. I'd like to do that with your kitchens' leftovers.

# Marlstone Mutual | Analytics Engineer
@ 09-03 screen phone yy callback 5
docs CV, reference from Hanna
well Hanna's name opened the door, my questions kept it open.
q well | motivation | How did you hear about us?
met Desmond Okoro-Reyes | Talent Lead | mp | Knows Hanna from an earlier job. Calls when he says he'll call!
todo thank-you 1 1 | And thanked Hanna.
@ 09-15 technical video yn callback 6
docs Notebook, sample model
mark rated_calm 4
mark rated_rapport 4
well Window functions. Eight months later. Didn't even blink.
q well | SQL | Write a running total per policy.
q well | data modeling | How do you keep history when a policy changes?
met Imogen Strandhaven | Analytics Engineering Manager | m | My future boss? Careful listener, explains the why.
todo thank-you 1 1 |
@ 09-29 onsite in-person yn callback 6
docs CV, references, ID for the front desk
mark did_keep_good_posture yes
well Sat up straight for three hours, felt like a different person. Asked the actuary what she distrusts.
needed Reference from the garden centers
q well | conflict | Whose number wins, finance's or yours?
q okay | failure | When did you last change your mind because of data?
met Gloria Mbathane | Chief Actuary | mp | Dry humor. "I distrust everything with three decimals."
todo send-information 2 1 | Old boss answered within an hour. Bless him.
todo thank-you 1 1 | Four people, four mails, no copy and paste.
@ 10-13 final in-person yn offer 10
docs References, certificates
mark rated_calm 5
well We talked like colleagues. Forgot it was an interview.
notes They called on the 23rd. Full time, fair money, a team. I have till November 6; reading the contract twice.
q well | salary | What does a fair offer look like to you?
q okay | motivation | What would make you leave?
todo thank-you 1 1 |
todo send-information 24 - | Answer Desmond by November 6 at the latest.

# Perrigold Sports | Data Analyst
@ 09-10 screen video yn rejected 13
docs CV
well Two good questions, one laugh.
issues Role is 80% cleaning up tracking tags.
q okay | A/B tests | The test is not conclusive. What do you tell the boss?
met Yuki Tanemori | Recruiter | mp | Promised to keep my CV for the spring. We'll see.
todo stay-in-touch 45 - | Ask whether the spring plan still stands.

# Ashlark Relief | Impact Analyst
@ 10-06 screen video nn pending
docs CV, motivation letter
issues Ran over, they had to leave, no time for my questions. Should have kept an eye on the clock.
needed Two writing samples
q okay | statistics | How would you measure whether the help helped?
met Pavel Dostálek | Programme Manager | m | Joined from a field office, bad line, great stories.
todo send-information 2 3 | Both writing samples, one shortened.
todo ask-status 28 - |

# Tarnwick Bikes | Analytics Engineer
@ 10-08 screen phone yn callback 7
well Three questions, the last one about what keeps them awake. (Winter stock.)
q well | about me | What should we know about you that isn't in your CV?
met Carla Montefiori | Head of Operations | mp | Cycles to work in any weather, expects the numbers to do the same.
@ 10-22 technical video yn pending
docs Sample model, README
well Explained incremental loads with a bicycle chain. Worked.
issues Told them I'm far along somewhere else. Not sure that was clever.
q well | data modeling | What happens if this load runs twice?
q okay | SQL | How would you find bikes that were sold but never delivered?
todo thank-you 1 1 | Short one, with the fixed query.
todo ask-status 12 - | Before the 6th, because of Marlstone!

# Corrowmere Bank | Data Analyst
@ 10-16 applied - -- pending

# Quenbury Maps | Geodata Analyst
@ 10-19 screen video yn callback 8
docs CV, portfolio link
well Asked to see a map they're ashamed of. They showed me two.
q okay | tools | Have you worked with spatial joins?
met Leah Silberhain | Hiring Manager | m | Technical round on November 5, wants me to bring a map of my own.
todo thank-you 1 1 |
todo send-information 16 - | Bring one map: bike counters by weekday.

# Orsolane Textiles | Data Analyst
@ 10-27 screen phone yy pending
well Good mood helps. Funny how easy it is with an offer in the drawer.
q well | business sense | How would you spot returns that are really rentals?
met Bram Osterhoudt | HR | p |
todo thank-you 1 - | No mail address, call instead?

# Plinth & Heron Museums | Audience Analyst
@ 10-30 screen in-person n- pending
docs CV, printed portfolio
issues Guided tour, charming, and then suddenly we stood at the exit shaking hands. No questions asked. Still happens!
notes Want to see the dinosaur hall again either way.
q okay | dashboards | What would a curator want to know every Monday?
todo thank-you 3 - |
"""

# What is planned or was cancelled: company, role, stage, format, day, time, place, outcome and notes.
PLANS = """
Quenbury Maps | Geodata Analyst | technical | video | 11-05 | 10:00 | https://meet.quenbury.example/maps | cancelled |
  Leah is ill. They will find another day.
Hollowbeck Pianos | Sales Analyst | screen | phone | 11-18 | 11:00 | They call me. | planned |
Quenbury Maps | Geodata Analyst | technical | video | 11-24 | 14:30 | https://meet.quenbury.example/maps | planned |
  Bring the map of the bike counters by weekday.
Kestrelbrook Logistics | Senior Business Analyst | onsite | in person | 12-02 | 09:15 |
  4 Wharf Lane, ask for Grant at the gate | planned | The hiring freeze is over, Grant called himself. A new role.
"""

# What they tell of their work: a title, topics, then situation, task, action and result.
STORIES = """
The bike counters | experience, about me, tools
The city counts bikes at forty corners and published it as forty spreadsheets.
Nobody asked me. I wanted to know when my own street is safe.
I put them into one table, drew one map for each weekday and left out the broken counters, saying which.
Two schools moved their start by ten minutes. The city links to my map.

The rounding of complaint rates | conflict, teamwork
Head office rounded complaint rates down to whole percent, and small stores looked flawless.
I made the monthly report, so it was my table that was wrong.
I asked the head of service first, alone, with three stores as examples. Then we wrote one line on how we round.
Two stores turned out to need help. It cost me a friendly lunch partner for a month.

The forecast that was too high | failure; statistics
My spring forecast for bedding plants was a third too high after a warm March.
I owned the forecast and the order that followed from it.
I said so on the day I saw it, showed the range that I had left out of the slide, and had half of it moved north.
We wrote off 9% instead of 30%. Since then no number of mine leaves without its range.

The stock report | experience, business sense, dashboards
Thirty stores kept their stock in thirty workbooks.
Make one report of them that the store managers read standing up.
I visited four of them, left out all but five numbers and named who answers for each.
Write-offs fell by a fifth in a year.

No to the director | teamwork; conflict, motivation
The director of sales wanted a ranking of store managers by revenue.
I was to have it ready by Friday.
I brought the ranking and beside it the same list by revenue for each square meter, turned upside down.
He took neither, and asked for the two numbers that a manager can change.

Two departments, one number | conflict, data modeling
Marketing and finance each had their own number of regular customers.
Find out which is right.
I wrote both definitions down and showed where they differ in one real week.
Both stayed, under two names. The meetings got shorter.
"""
TOLD = {  # at which question
    "Tell us about something you built that people still use.": "The bike counters",
    "What are you proud of?": "The bike counters",
    "What should we know about you that isn't in your CV?": "The bike counters",
    "How do you deal with pressure?": "The rounding of complaint rates",
    "Whose number wins, finance's or yours?": "The rounding of complaint rates",
    "Tell us about a number you got wrong.": "The forecast that was too high",
    "What did you learn from the project that failed?": "The forecast that was too high",
    "When did you last change your mind because of data?": "The forecast that was too high",
    "How would you measure whether a warehouse is doing well?": "The stock report",
    "What was your part in the stock system?": "The stock report",
    "How did you work without a data team?": "The stock report",
    "What would your old colleagues say about you?": "No to the director",
    "How do you say no to a director?": "No to the director",
}
LEADS = {"Marlstone Mutual": "referral", "Kestrelbrook Logistics": "referral", "Tarnwick Bikes": "bike fair"}


@dataclass
class Round:
    """One interview of the story, with all that was written down about it."""

    company: str
    role: str
    stage: str
    format: str
    day: date
    asked: str
    coffee: str
    outcome: str
    known: date | None
    written: dict[str, str] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    questions: list[list[str]] = field(default_factory=list)
    contacts: list[list[str]] = field(default_factory=list)
    follow_ups: list[list[str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The id of its row."""
        return make_id("interviews", self.company, self.stage)

    @property
    def progress(self) -> float:
        """How far into the ten months it lies, from 0 to 1."""
        return (self.day - FIRST_DAY) / (LAST_DAY - FIRST_DAY)

    @property
    def won(self) -> bool:
        """Whether they were asked to go further or offered the job."""
        return self.outcome in schema.CALLBACK_OUTCOMES


def make_id(table: str, *key: str) -> str:
    """Return the id of a row: the letter of its table and ten characters that depend on the key alone."""
    draw = generator("id", table, *key)
    return f"{schema.table(table).letter}-" + "".join(ALPHABET[int(draw() * 32)] for _ in range(10))


def generator(*key: str) -> Callable[[], float]:
    """Return a source of numbers from 0 to 1 for this key: a change elsewhere in the story leaves it alone."""
    return random.Random("|".join((SEED, *key))).random


def read_story() -> list[Round]:
    """Return the rounds of the story, oldest first."""
    rounds: list[Round] = []
    company = role = ""
    for line in STORY.replace("\n  ", " ").split("\n"):
        key, _, rest = line.replace("//", "\n").partition(" ")
        if key == "#":
            company, role = rest.split(" | ")
        elif key == "@":
            rounds.append(read_round(company, role, rest.split()))
        elif key:
            read_detail(rounds[-1], key, rest)
    return sorted(rounds, key=lambda one: one.day)


def read_round(company: str, role: str, words: Sequence[str]) -> Round:
    """Return a round from the words of its line."""
    day, stage, way, (asked, coffee), outcome = words[:5]
    held = date.fromisoformat(f"{YEAR}-{day}")
    known = held + timedelta(int(words[5])) if len(words) > 5 else None
    way = "" if way == "-" else schema.parse("format", way)
    return Round(company, role, stage, way, held, FLAGS[asked], FLAGS[coffee], schema.parse("outcome", outcome), known)


def read_detail(one: Round, key: str, rest: str) -> None:
    """Add one line of the story to its round."""
    parts = [part.strip() for part in rest.split("|")]
    if key in TEXTS:
        one.written[TEXTS[key]] = rest
    elif key == "mark":
        column, _, value = rest.partition(" ")
        one.marks[column] = value
    else:
        {"q": one.questions, "met": one.contacts, "todo": one.follow_ups}[key].append(parts)


# Interviews


def interview_row(one: Round) -> dict[str, str]:
    """Return the row of a round; an application that led nowhere has no behaviors."""
    row = {
        "id": one.id,
        "company": one.company,
        "role": one.role,
        "stage": one.stage,
        "format": one.format,
        "interviewed_on": str(one.day),
        "outcome": one.outcome,
        "outcome_on": str(one.known or ""),
    }
    row["source"] = lead(one.company)
    if one.stage == "applied":
        return row | one.written
    return row | clock(one) | behaviors(one) | feelings(one) | one.written | {"focus": focus(one)} | one.marks


def clock(one: Round) -> dict[str, str]:
    """Return when it ended and when it was written down: days later at first, hours later in the end."""
    draw = generator("clock", one.company, one.stage)
    start = datetime(YEAR, one.day.month, one.day.day, 9) + timedelta(minutes=30 * int(draw() * 13))
    end = start + timedelta(minutes=MINUTES[one.stage] + 5 * int(draw() * 5))
    hours = (45 * (1 - one.progress) ** 1.5 + 3) * 4 ** (2 * draw() - 1)
    written = end + timedelta(seconds=int(hours * 3600))
    written = written.replace(hour=min(max(written.hour, 8), 22))
    noted = draw() < 0.3 + 0.5 * one.progress
    times = {"ended_at": end.strftime("%H:%M") if noted else "", "debriefed_at": str(written)}
    begin_noted = noted and "ended_at" not in one.marks and generator("begin", one.company, one.stage)() < 0.5
    return times | {"starts_at": start.strftime("%H:%M") if begin_noted else ""}


def lead(company: str) -> str:
    """Return where the lead to a company came from; now and then they did not note it."""
    draw = generator("lead", company)()
    return LEADS.get(company) or ("own application" if draw < 0.6 else "recruiter" if draw < 0.85 else "")


def behaviors(one: Round) -> dict[str, str]:
    """Return yes, no or nothing for each behavior."""
    draw = generator("behaviors", one.company, one.stage)
    values = {name: yes_no(draw, one, *shares) for name, shares in HABITS.items()}
    if one.asked == "yes" and draw() < 0.3:
        values["did_ask_next_steps"] = "yes"
    if one.format == "phone":
        values["did_make_eye_contact"] = ""
    return values | {"did_ask_questions_at_end": one.asked, "did_drink_coffee": one.coffee}


def yes_no(draw, one: Round, start: float, end: float, more: float) -> str:
    """Return a habit's value on that day, or nothing where it was not noted."""
    share = start + (end - start) * one.progress + more * (one.won - 0.5)
    value = "yes" if draw() < share else "no"
    return "" if draw() < 0.14 - 0.10 * one.progress else value


def feelings(one: Round) -> dict[str, str]:
    """Return the ratings and their guess of a callback, which is too hopeful."""
    draw = generator("feelings", one.company, one.stage)
    calm = 2.7 + 0.4 * one.won - 0.3 * (one.coffee == "yes") + 0.5 * one.progress + spread(draw)
    clarity = 3.0 + 0.2 * one.won + 0.5 * one.progress + spread(draw)
    rapport = 3.3 + 0.3 * one.won + spread(draw)
    ratings = {"rated_calm": calm, "rated_clarity": clarity, "rated_rapport": rapport}
    guess = 62 + 7 * (rapport - 3) + 4 * (calm - 3) - 10 * one.progress + 12 * spread(draw)
    values = {name: str(min(max(round(value), 1), 5)) for name, value in ratings.items()}
    values["chance"] = str(min(max(5 * round(guess / 5), 5), 95))
    return {name: "" if draw() < 0.06 else value for name, value in values.items()}


def spread(draw) -> float:
    """Return a bell-shaped number around 0 with a standard deviation of 1."""
    return 2 * (draw() + draw() + draw() - 1.5)


def focus(one: Round) -> str:
    """Return the behavior they had set out to work on; now and then they forgot to write it down."""
    begun = [name for since, name in FOCUS if one.day >= since]
    return begun[-1] if begun and generator("focus", one.company, one.stage)() < 0.9 else ""


# Questions, contacts and follow-ups


def question_rows(one: Round) -> list[dict[str, str]]:
    """Return the questions of a round; practice of the bad ones began in summer."""
    rows = []
    for answered, topic, question, *better in one.questions:
        key = (one.company, one.stage, question)
        row = {"id": make_id("questions", *key), "interview_id": one.id, "question": question, "topic": topic}
        row |= {"answered": answered, "better_answer": "".join(better)}
        row["story_id"] = make_id("stories", TOLD[question]) if question in TOLD else ""
        rows.append(row | (practice(one, key) if answered == "badly" else {}))
    return rows


def practice(one: Round, key: tuple[str, ...]) -> dict[str, str]:
    """Return when a question was practiced and when it comes again."""
    draw = generator("practice", *key)
    if draw() < 0.3:
        return {}
    begin = max(one.day, date(YEAR, 6, 15))
    last = begin + timedelta(3 + int(draw() * ((LAST_DAY - begin).days - 3)))
    return {"last_practiced_on": str(last), "next_practice_on": str(last + timedelta((7, 14, 30)[int(draw() * 3)]))}


def contact_rows(one: Round) -> list[dict[str, str]]:
    """Return the people met in a round."""
    rows = []
    for name, role, ways, *notes in one.contacts:
        row = {"id": make_id("contacts", one.company, name), "interview_id": one.id, "name": name, "role": role}
        row |= {
            "company": one.company,
            "email": email(one.company, name, ways),
            "phone": phone(one.company, name, ways),
        }
        rows.append(row | {"met_on": str(one.day), "notes": "".join(notes)})
    return rows


def email(company: str, name: str, ways: str) -> str:
    """Return an address under a domain that is reserved for examples."""
    domain = {"m": f"{plain(company.split(maxsplit=1)[0])}.example", "M": "example.com"}
    local = ".".join(plain(word) for word in name.split())
    return f"{local}@{domain[ways[0]]}" if ways[0] in domain else ""


def plain(word: str) -> str:
    """Return the word in small letters from a to z."""
    return re.sub(r"[^a-z]", "", unicodedata.normalize("NFKD", word).lower())


def phone(company: str, name: str, ways: str) -> str:
    """Return a number between 555-0100 and 555-0199, which are kept for stories."""
    draw = generator("phone", company, name)
    area = (202, 312, 415, 617)[int(draw() * 4)]
    number = f"{area}-555-01{int(draw() * 100):02d}"
    return "" if "p" not in ways else schema.escape(f"+1 {number}") if draw() < 0.2 else number


def follow_up_rows(one: Round, contacts: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return what there was to do after a round, each for the contact its note names, else for the last one met."""
    rows = []
    met = [(contact["name"].split(maxsplit=1)[0], contact["id"]) for contact in contacts]
    for number, (what, note) in enumerate(one.follow_ups):
        kind, due, done = what.split()
        row = {"id": make_id("follow_ups", one.company, one.stage, str(number)), "interview_id": one.id}
        named = [contact_id for name, contact_id in met if name in note] or [contact_id for _, contact_id in met[-1:]]
        row |= {"contact_id": "".join(named[:1]), "kind": schema.parse("follow_up", kind), "note": note}
        row["due_on"] = str(one.day + timedelta(int(due)))
        rows.append(row | {"done_on": "" if done == "-" else str(one.day + timedelta(int(done)))})
    return rows


# What is planned, and what they tell


def plan_rows() -> list[dict[str, str]]:
    """Return the rows of what is planned or was cancelled, the next first."""
    names = ("company", "role", "stage", "format", "interviewed_on", "starts_at", "place", "outcome", "notes")
    rows = []
    for line in PLANS.strip().replace("\n  ", " ").split("\n"):
        row = dict(zip(names, (part.strip() for part in line.split("|")), strict=True))
        row["interviewed_on"] = f"{YEAR}-{row['interviewed_on']}"
        key = make_id("interviews", row["company"], row["stage"], row["interviewed_on"])
        rows.append({"id": key, **row, "source": lead(row["company"])})
    return rows


def story_rows() -> list[dict[str, str]]:
    """Return the stories that they tell of their work."""
    rows = []
    for story in STORIES.strip().split("\n\n"):
        first, *parts = story.split("\n")
        title, topics = first.split(" | ")
        row = {"id": make_id("stories", title), "title": title, "topics": topics}
        rows.append(row | dict(zip(("situation", "task", "action", "result"), parts, strict=True)))
    return rows


# Files


def tables() -> dict[str, list[dict[str, str]]]:
    """Return the rows of the five tables, oldest first."""
    rows = {name: [] for name in schema.TABLES}
    for one in read_story():
        rows["interviews"].append(interview_row(one))
        rows["questions"] += question_rows(one)
        rows["contacts"] += contact_rows(one)
        met_there = [row for row in rows["contacts"] if row["company"] == one.company]
        rows["follow_ups"] += follow_up_rows(one, met_there)
    rows["follow_ups"].sort(key=lambda row: row["due_on"])
    rows["interviews"] += plan_rows()
    rows["stories"] = story_rows()
    return rows


def write_sample(folder: Path) -> None:
    """Write the five files into the folder."""
    for name, rows in tables().items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, schema.table(name).names, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write_sample(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
