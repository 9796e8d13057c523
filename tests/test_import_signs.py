"""Signs, verbs and columns that trackers share and that once told something else: each case stands for its kind."""

import pytest

from interview_kit.importing import preview_import, words
from tests.test_import_cases import TODAY, lines_of
from tests.test_import_conflicts import book

# The file and its records.
READ = {
    "ticks and crosses": (
        "Company,Applied,Interview,Offer\nVelin,2026-06-01,✅,❌\nOstra,2026-06-02,❌,❌\nMarn,2026-06-03,✅,✅\n",
        ["Velin |  | interview", "Ostra |  | applied | 2026-06-02", "Marn |  | interview |  | offer"],
    ),
    "crosses beside a status": (
        "Company,Applied,Phone screen,Onsite,Status\nVelin,2026-06-01,✔️,✘,Waiting\nOstra,2026-06-02,❌,❌,Ghosted\n",
        ["Velin |  | screen |  | pending", "Ostra |  | applied | 2026-06-02 | no reply"],
    ),
    "ticks and blanks": (
        "Company,Applied,Phone screen,Onsite,Status\nVelin,2026-06-01,✅,✅,Rejected\nOstra,2026-06-02,✅,,Waiting\n"
        "Marn,2026-06-03,,,Ghosted\n",
        [
            *("Velin |  | screen |  | callback", "Velin |  | onsite |  | rejected"),
            *("Ostra |  | screen |  | pending", "Marn |  | applied | 2026-06-03 | no reply"),
        ],
    ),
    "a cross as a status": (
        "Company,Applied,Status\nVelin,2026-06-01,❌\nOstra,2026-06-02,⏳\n",
        ["Velin |  | applied | 2026-06-01 | rejected", "Ostra |  | applied | 2026-06-02 | pending"],
    ),
    "a result and a final one": (
        "Company,Applied,Result,Final result\nVelin,2026-06-01,Pass,Rejected\nOstra,2026-06-02,Pass,Offer accepted\n"
        "Marn,2026-06-03,,No response\n",
        [
            *("Velin |  | applied | 2026-06-01 | rejected", "Ostra |  | applied | 2026-06-02 | offer"),
            "Marn |  | applied | 2026-06-03 | no reply",
        ],
    ),
    "interviews as days": (
        "Company,Status,Date Applied,Interviews\nVelin,Rejected,3/14/2026,3/25/2026\n"
        'Ostra,Offer,3/18/2026,"3/27/2026, 4/8/2026"\nMarn,Applied,3/20/2026,\n',
        [
            "Velin |  | interview | 2026-03-25 | rejected",
            *("Ostra |  | interview | 2026-03-27 | callback", "Ostra |  | interview | 2026-04-08 | offer"),
            "Marn |  | applied | 2026-03-20",
        ],
    ),
    "columns named by signs": (
        "Company,Applied,📞,🏢,Status\nVelin,2026-06-01,✅,,⏳\nOstra,2026-06-02,✅,✅,❌\n",
        [
            "Velin |  | screen |  | pending",
            *("Ostra |  | screen |  | callback", "Ostra |  | onsite |  | rejected"),
        ],
    ),
    "names of rounds above the names of columns": (
        "My search\n,,Round 1,,Round 2,,\nCompany,Applied,Date,Result,Date,Result,Final result\n"
        "Velin,2026-06-01,2026-06-11,Pass,2026-06-18,Fail,Rejected\nOstra,2026-06-03,,,,,No response\n",
        [
            *("Velin |  | round 1 | 2026-06-11 | callback", "Velin |  | round 2 | 2026-06-18 | rejected"),
            "Ostra |  | applied | 2026-06-03 | no reply",
        ],
    ),
    "whether there was an interview beside its day": (
        "Company,Applied,Interview?,Interview date,Result\nVelin,2026-03-02,yes,2026-03-10,Rejected\n"
        "Ostra,2026-04-23,yes,2026-11-22,Waiting\nMarn,2026-03-09,no,,Rejected\n",
        [
            *("Velin |  | interview | 2026-03-10 | rejected", "Ostra |  | interview | 2026-11-22 | planned"),
            "Marn |  | applied | 2026-03-09 | rejected",
        ],
    ),
    "whether there was a round beside its day": (
        "Company,Applied,Phone screen?,Phone screen date,Onsite?,Onsite date,Status\n"
        "Velin,2026-03-02,Y,2026-03-10,Y,2026-03-20,Rejected\nOstra,2026-04-23,Y,2026-05-12,N,,Rejected\n"
        "Marn,2026-03-09,N,,N,,Rejected\n",
        [
            *("Velin |  | screen | 2026-03-10 | callback", "Velin |  | onsite | 2026-03-20 | rejected"),
            *("Ostra |  | screen | 2026-05-12 | rejected", "Marn |  | applied | 2026-03-09 | rejected"),
        ],
    ),
    "an invitation to the next round": (
        "Company,Interview date,Invited to next round?\nVelin,2026-03-23,Yes\nOstra,2026-03-24,No\nMarn,2026-03-25,\n",
        [
            *("Velin |  | interview | 2026-03-23 | callback", "Ostra |  | interview | 2026-03-24 | rejected"),
            "Marn |  | interview | 2026-03-25",
        ],
    ),
    "answers of a form": (
        "Timestamp,Which company did you interview with?,When did it take place?,Were you invited to the next step?\n"
        "2026-03-24,Velin,2026-03-23,Yes\n2026-03-25,Ostra,2026-03-24,No\n2026-03-26,Marn,2026-03-25,Not yet\n",
        [
            *("Velin |  | interview | 2026-03-23 | callback", "Ostra |  | interview | 2026-03-24 | rejected"),
            "Marn |  | interview | 2026-03-25 | pending",
        ],
    ),
    "whether it was passed": (
        "Company,Interview date,Passed?\nVelin,2026-03-23,Yes\nOstra,2026-03-24,No\nMarn,2026-03-25,\n",
        [
            *("Velin |  | interview | 2026-03-23 | callback", "Ostra |  | interview | 2026-03-24 | rejected"),
            "Marn |  | interview | 2026-03-25",
        ],
    ),
    "a round called review": (
        "Company,Role,Stage,Date,Result\nVelin,Cook,Phone screen,2026-03-18,Passed\n"
        "Velin,Cook,Code review,2026-03-23,Passed\nVelin,Cook,Onsite,2026-03-28,Failed\n",
        [
            *("Velin | Cook | screen | 2026-03-18 | callback", "Velin | Cook | code review | 2026-03-23 | callback"),
            "Velin | Cook | onsite | 2026-03-28 | rejected",
        ],
    ),
    "the day on which a resume was sent": (
        "Company,CV sent,Interview date,Result\nVelin,2026-03-02,2026-03-16,Rejected\nOstra,2026-04-23,,Waiting\n",
        ["Velin |  | interview | 2026-03-16 | rejected", "Ostra |  | applied | 2026-04-23 | pending"],
    ),
    "a legend below": (
        "Company,Applied,Status\nVelin,2026-03-02,Rejected\n,,\nLegend: green = offer,red = rejected,\n",
        ["Velin |  | applied | 2026-03-02 | rejected"],
    ),
    "employers of another kind": (
        "Hospital,Applied,Status\nVelin,2026-03-02,Rejected\n",
        ["Velin |  | applied | 2026-03-02 | rejected"],
    ),
    "a trial day": (
        "Company,Date applied,Trial shift,Result\nVelin,2026-03-02,2026-03-10,Rejected\n",
        ["Velin |  | trial shift | 2026-03-10 | rejected"],
    ),
    "an end state": (
        "Company,Applied on,End state\nVelin,2026-01-05,Rejected\nOstra,2026-01-06,No answer\nMarn,2026-01-07,Offer\n",
        [
            *("Velin |  | applied | 2026-01-05 | rejected", "Ostra |  | applied | 2026-01-06 | no reply"),
            "Marn |  | applied | 2026-01-07 | offer",
        ],
    ),
    "an offer that was declined": (
        "Company,Applied,Onsite,Offer\nVelin,2026-06-01,2026-06-09,declined\nOstra,2026-06-02,2026-06-10,2026-06-20\n",
        ["Velin |  | onsite | 2026-06-09 | offer", "Ostra |  | onsite | 2026-06-10 | offer | 2026-06-20"],
    ),
    "an offer and then a no": (
        "Company,Timeline\nVelin,Applied 3/17/2026 -> Onsite 4/14/2026 -> Offer 4/17/2026 -> Declined 4/20/2026\n"
        "Ostra,Applied 3/18/2026 -> Rejected 3/25/2026\n",
        [
            "Velin |  | onsite | 2026-04-14 | offer | 2026-04-17",
            "Ostra |  | applied | 2026-03-18 | rejected | 2026-03-25",
        ],
    ),
    "a refusal of what was offered": (
        "Empresa,Data da candidatura,Etapa,Situação\nVelin,13/02/2026,Proposta,Recusada por mim\n",
        ["Velin |  | applied | 2026-02-13 | offer"],
    ),
    "rounds in one cell": (
        'Company,Applied,Status\nVelin,2026-06-01,"phone screen, onsite, rejected"\n'
        'Ostra,2026-06-02,"screen + technical, waiting"\n',
        [
            *("Velin |  | screen |  | callback", "Velin |  | onsite |  | rejected"),
            *("Ostra |  | screen |  | callback", "Ostra |  | technical |  | pending"),
        ],
    ),
    "a day behind a state": (
        "Company,Date Applied,Status\nVelin,2026-03-01,Interview 3/15\nOstra,2026-03-02,Rejected 3/20\n",
        ["Velin |  | interview | 2026-03-15", "Ostra |  | applied | 2026-03-02 | rejected | 2026-03-20"],
    ),
    "rounds by phone and on site": (
        "Date,Company,Round,Result\n2026-03-09,Velin,Phone,Passed\n2026-03-20,Velin,Onsite,Rejected\n",
        ["Velin |  | screen | 2026-03-09 | callback", "Velin |  | onsite | 2026-03-20 | rejected"],
    ),
    "no companies": (
        "Company,Date Applied,Status\nEXAMPLE: ABC Corp,2026-01-10,Offer\n=1+1,2026-03-02,Offer\n"
        "#REF!,2026-03-03,Offer\nVelin,2026-03-01,Rejected\n",
        ["Velin |  | applied | 2026-03-01 | rejected"],
    ),
}


COMPANIES = ("Velin", "Ostra", "Marn", "Nolo")


@pytest.mark.parametrize("case", READ)
def test_a_tracker_of_an_everyday_kind_is_read_as_a_careful_person_would(case, previewed):
    text, records = READ[case]
    assert lines_of(previewed(text).records) == records


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        *(
            (text, "withdrawn")
            for text in (
                *("Bewerbung zurückgezogen", "Bewerbung wurde zurückgezogen", "Candidature retirée"),
                *(
                    "J'ai retiré ma candidature",
                    "Candidatura ritirata",
                    "Candidatura retirada",
                    "Sollicitatie ingetrokken",
                ),
                *("Went with other offer", "Took another offer", "Chose a different job"),
            )
        ),
        *(
            (text, "offer")
            for text in (
                *("J'ai décliné l'offre", "Offre déclinée", "Offre refusée", "Oferta rechazada", "Rifiutata offerta"),
                *("Ho rifiutato l'offerta", "Angebot abgelehnt", "Aanbod afgewezen", "Proposta recusada"),
            )
        ),
        *((text, "no reply") for text in ("interview, then silence", "Just silence")),
        *(
            (text, "pending")
            for text in (
                *("Nog niets gehoord", "Nog niet bekend", "Niets gehoord tot nu toe, nog even wachten"),
                *("Ainda sem resposta", "Aún sin respuesta", "Ainda não responderam", "Noch nichts gehört"),
            )
        ),
        *(
            (text, "offer")
            for text in ("Zusage, aber abgelehnt", "Angebot erhalten, aber abgelehnt", "Offered, said no")
        ),
        *((text, "rejected") for text in ("Ding", "dinged", "KO", "Negativo", "Non idonea")),
        *((text, "no reply") for text in ("Mai risposto", "Spariti dopo il colloquio", "Nunca respondieron")),
        *(
            (text, "rejected")
            for text in ("Refus après entretien", "Poste pourvu", "Vaga cancelada", "Vacature gesloten")
        ),
        *((text, "pending") for text in ("Wachten op reactie", "2e entretien à venir", "Entrevista agendada")),
        *((text, "rejected") for text in ("Reprovado após entrevista", "Candidatura encerrada")),
    ],
)
def test_verbs_tell_how_an_application_ended(said, meaning):
    assert words.read(said).outcome == meaning


@pytest.mark.parametrize(
    "said",
    [
        *("noch bewerben", "muss mich noch bewerben", "Bewerbung vorbereiten", "Pas encore postulé", "Por aplicar"),
        *("Nog solliciteren", "Ainda não me candidatei", "Non ancora candidato", "Application draft"),
        "Application incomplete",
    ],
)
def test_what_was_never_sent_is_no_application(said):
    assert words.read(said).stage == words.NOT_APPLIED


def test_interviews_on_a_sheet_of_their_own_are_joined_with_the_applications_by_the_company(tmp_path):
    applications = [
        ("Company", "Role", "Applied on", "Result"),
        ("Velin", "Legal", "2026-03-03", "Offer"),
        ("Ostra", "Clerk", "2026-03-30", ""),
    ]
    interviews = [
        ("Company", "Interview date", "Round", "Result"),
        ("Velin", "2026-03-12", "Phone screen", "Advanced"),
        ("Velin", "2026-03-31", "Final", "Offer"),
    ]
    path = book(tmp_path / "jobs.xlsx", {"Applications": applications, "Interviews": interviews})
    preview = preview_import(path, as_of=TODAY)
    assert lines_of(preview.records) == [
        *("Velin | Legal | screen | 2026-03-12 | callback", "Velin | Legal | final | 2026-03-31 | offer"),
        "Ostra | Clerk | applied | 2026-03-30",
    ]


@pytest.mark.parametrize("said", ["Application expired", "Bewerbung verschollen", "Candidatura scaduta"])
def test_a_verb_beside_the_word_for_an_application_that_is_not_known_is_asked_about(said, previewed):
    preview = previewed(f"Company,Date,Status\nVelin,2026-03-01,{said}\n")
    assert preview.problems["kind"].tolist() == ["guessed word"]


@pytest.mark.parametrize(
    "said", ["Bewerbung abgeschickt", "Candidature envoyée", "Candidatura enviada", "Applied online"]
)
def test_a_sent_application_is_not_asked_about(said, previewed):
    assert previewed(f"Company,Date,Status\nVelin,2026-03-01,{said}\n").problems.empty


def test_the_answer_that_a_column_of_ticks_is_a_round_is_taken(previewed):
    preview = previewed("Company,Applied,Yondr\nVelin,2026-06-01,✅\nOstra,2026-06-02,\n", mapping={"Yondr": "round"})
    assert preview.records["stage"].tolist() == ["yondr", "applied"]


def test_a_column_of_ticks_that_nothing_tells_is_asked_about(previewed):
    preview = previewed("Company,Applied,Zzz\nVelin,2026-06-01,✅\nOstra,2026-06-02,\n")
    assert [(row.kind, row.column) for row in preview.problems.itertuples()] == [("round column", "Zzz")]


@pytest.mark.parametrize("codes", ["3435", "rgrb", ["rot", "grau", "rot", "grün"]])
def test_codes_are_asked_about_where_no_column_says_how_it_went(codes, previewed):
    rows = [f"{name},2026-03-0{at},{code}\n" for at, (name, code) in enumerate(zip(COMPANIES, codes, strict=True), 1)]
    preview = previewed(f"Company,Applied,Mark\n{''.join(rows)}")
    assert [(row.kind, row.column) for row in preview.problems.itertuples()] == [("second status", "Mark")]
    asked = previewed(f"Company,Applied,Mark\n{''.join(rows)}", mapping={"Mark": "status"}).problems
    assert set(asked["kind"]) == {"word"}


def test_a_column_of_other_things_is_no_question_where_another_says_how_it_went(previewed):
    rows = [f"{name},2026-03-0{at},{at % 2 + 3},Rejected\n" for at, name in enumerate(COMPANIES, 1)]
    assert previewed(f"Company,Applied,Mark,Status\n{''.join(rows)}").problems.empty
