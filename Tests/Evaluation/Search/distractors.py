#!/usr/bin/env python3
"""Adds courses to a catalogue that no query of the judged set asks for.

usage: distractors.py CATALOG NUMBER

The subjects below were chosen to lie outside of every query; what surrounds them is what courses say
of themselves (levels, evenings, certificates, the way of learning), so that they compete for just
the words that say little. They are grade 0 for every query by construction. Same number, same file.
"""

import os
import random
import sys
from xml.sax.saxutils import escape

SUBJECTS = """yoga|ontspannen en ademen
pianospelen|akkoorden en toonladders
fotografie|licht, diafragma en compositie
keramiek|draaien, bakken en glazuren
schaken|openingen en eindspel
zeilen|manoeuvres en knopen
Spaans|gesprekken op reis
Frans|grammatica en uitspraak
Italiaans|gesprekken op reis
kappen van haar|knippen, kleuren en föhnen
nagelstyling|manicure en gellak
visagie|make-up voor bruid en podium
sportmassage|spieren en blessures
fitnessinstructeur|trainingsschema's opstellen
zwemonderwijs|slagen aanleren
makelaardij|taxeren van woningen en bemiddelen
notarieel recht|akten en erfenissen
arbeidsrecht|ontslag en contracten
belastingaangifte|aftrekposten en toeslagen
beleggen|aandelen en obligaties
marketing|campagnes en merken
videomontage|knippen en geluid
journalistiek|interviewen en nieuws schrijven
creatief schrijven|verhaal, dialoog en spanning
toneelspelen|stem en beweging
zingen|ademsteun en repertoire
goudsmeden|solderen van ringen en zetten van stenen
meubelstoffering|vering, schuim en stof
fietstechniek|naaf, ketting en versnelling
autotechniek|distributie en remmen
scheepsbouw|rompen en spanten
luchtvaart|procedures en navigatie
laboratorium|pipetteren en analyseren
apotheek|recepten en voorlichting
tandartsassistentie|instrumenten en röntgen
mondhygiëne|gebitsreiniging
opticien|glazen slijpen en meten
pedicure|voeten en instrumenten
uitvaart|ceremonie en nabestaanden
beveiliging|surveillance en objecten
brandweer|blussen en redden
politie|handhaving en opsporing
bibliotheek|collecties en lezers
archief|inventaris en restauratie
toerisme|reizen en gidsen in de stad
filmgeschiedenis|regisseurs en stromingen
sterrenkunde|planeten en telescopen
genealogie|stamboom en archieven
astrologie|tekens en huizen
wijnkennis|druif, streek en proeven""".split("\n")
FORMS = ["Basiscursus", "Opleiding", "Training", "Avondcursus", "Workshop", "Vervolgcursus",
         "Opfriscursus", "Verkorte opleiding", "Module", "Cursus", "Leergang", "Masterclass"]
SENTENCES = ["Je leert {b}.", "Voor iedereen die aan de slag wil met {a}.",
             "Na afloop krijg je een certificaat.", "De lessen zijn overdag of in de avond.",
             "Ook geschikt voor beginners zonder diploma.", "Je werkt aan een eigen opdracht.",
             "Met veel praktijk en een kleine groep.", "Theorie volg je online, praktijk in de klas.",
             "Deze opleiding sluit aan op mbo niveau {n}.", "Je kunt werken en leren combineren.",
             "De docent komt uit het vak.", "Omscholen of bijscholen kan allebei."]
TOWNS = [("Utrecht", "3511 LX"), ("Houten", "3991 AX"), ("Tiel", "4001 EW"), ("Zwolle", "8011 PK"),
         ("Breda", "4811 AA"), ("Groningen", "9711 AA"), ("Arnhem", "6811 AA")]

folder, number = sys.argv[1], int(sys.argv[2])
draw = random.Random(20261124)
courses = []
for index in range(number):
    subject, content = draw.choice(SUBJECTS).split("|")
    title = f"{draw.choice(FORMS)} {subject}"
    if draw.random() < 0.4:
        title += draw.choice([" voor beginners", " voor gevorderden", " in de avond", ": de praktijk"])
    text = " ".join(draw.sample(SENTENCES, 5)).format(a=subject, b=content, n=draw.randint(1, 4))
    town, postcode = draw.choice(TOWNS)
    courses.append(
        f"<course><dc:identifier>distractor-{index}</dc:identifier>"
        f"<dc:title>{escape(title)}</dc:title><dc:description>{escape(text)}</dc:description>"
        f"<presentation><dc:identifier>distractor-{index}-1</dc:identifier>"
        '<mlo:start dtf="2027-03-01">2027-03-01</mlo:start>'
        f"<venue><provider><dc:identifier>v-{town}</dc:identifier><dc:title>{town}</dc:title>"
        f"<mlo:location><mlo:town>{town}</mlo:town><mlo:postcode>{postcode}</mlo:postcode>"
        "</mlo:location></provider></venue></presentation></course>")
os.makedirs(os.path.join(folder, "feeds", "distractors"), exist_ok=True)
with open(os.path.join(folder, "feeds", "distractors", "feed.xml"), "w", encoding="utf-8") as file:
    file.write(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<catalog xmlns="http://xcri.org/profiles/1.2/catalog"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"'
        ' generated="2026-11-24T00:00:00Z"><provider><dc:identifier>distractors</dc:identifier>'
        "<dc:title>Volksacademie (fictief)</dc:title>" + "".join(courses)
        + "</provider></catalog>")
with open(os.path.join(folder, "catalog.toml"), "a", encoding="utf-8") as file:
    file.write(
        '\n[[partner]]\nid = "distractors"\nname = "Volksacademie (fictief)"\nroles = ["provider"]\n'
        '[[partner.source]]\nid = "distractors"\nfeed = "feeds/distractors/feed.xml"\n'
        'format = "xcri-cap"\n')
