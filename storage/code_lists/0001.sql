-- The code lists, version 1. The same text runs on SQLite and PostgreSQL.
--
-- Not an official list of anybody's: `mark` says where each code comes from
-- (C read in a public source, I inferred from one, P our proposal). A change is
-- a new version in a new file, this one stays as it is.

-- What an insats for people aims at.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'FOCUS_INDIVIDUAL', 1, 'rehab_arbete_utbildning',
   'Rehabilitering mot arbete/utbildning', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_INDIVIDUAL', 2, 'forberedande',
   'Förberedande insatser', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_INDIVIDUAL', 3, 'kartlaggning_individ',
   'Kartläggning av individer', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_INDIVIDUAL', 4, 'forebyggande',
   'Förebyggande insatser', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_INDIVIDUAL', 5, 'annan_individ',
   'Annan', '', '', NULL, NULL, 'C', NULL, NULL);

-- What an insats for structures aims at.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'FOCUS_STRUCTURAL', 1, 'utbildning',
   'Utbildning', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_STRUCTURAL', 2, 'dialog',
   'Dialog/kommunikation', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_STRUCTURAL', 3, 'kartlaggning',
   'Kartläggning', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FOCUS_STRUCTURAL', 4, 'annan_struktur',
   'Annan', '', '', NULL, NULL, 'C', NULL, NULL);

-- Known in part only, and not which part: so all are marked inferred.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'TARGET_GROUP', 1, 'langtidssjukskrivna',
   'Långtidssjukskrivna', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 2, 'unga_aktivitetsersattning',
   'Unga med aktivitetsersättning', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 3, 'unga_funktionsnedsattning',
   'Unga med funktionsnedsättning', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 4, 'langtidsarbetslosa',
   'Långtidsarbetslösa', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 5, 'nollplacerade',
   'Personer utan ersättning (nollplacerade)', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 6, 'unga_psykisk_ohalsa',
   'Unga med psykisk ohälsa', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 7, 'psykisk_ohalsa_30',
   'Personer med psykisk ohälsa, 30 år eller äldre', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 8, 'nyanlanda',
   'Nyanlända', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 9, 'langvarigt_forsorjningsstod',
   'Personer med långvarigt försörjningsstöd', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'TARGET_GROUP', 10, 'ovriga',
   'Övriga', '', '', NULL, NULL, 'I', NULL, NULL);

-- The four public groups make ANY_PUBLIC in reports.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'SUPPORT_GROUP', 1, 'OHALSA',
   'Ersättning vid ohälsa', '', 'PUBLIC_SUPPORT', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_GROUP', 2, 'ARBETSMARKNAD',
   'Ersättning vid arbetslöshet och etablering', '', 'PUBLIC_SUPPORT', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_GROUP', 3, 'EKONOMISKT_BISTAND',
   'Ekonomiskt bistånd', '', 'PUBLIC_SUPPORT', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_GROUP', 4, 'OVRIG',
   'Övrig offentlig försörjning', '', 'PUBLIC_SUPPORT', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_GROUP', 5, 'INGEN',
   'Ingen offentlig försörjning', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_GROUP', 6, 'OKAND',
   'Uppgift saknas', '', 'UNKNOWN', NULL, NULL, 'C', NULL, NULL);

-- Försörjningskällor, each in its group.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'SUPPORT_SOURCE', 1, 'sjukpenning',
   'Sjukpenning', 'OHALSA', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 2, 'rehabiliteringspenning',
   'Rehabiliteringspenning', 'OHALSA', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 3, 'sjukersattning',
   'Sjukersättning', 'OHALSA', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 4, 'aktivitetsersattning',
   'Aktivitetsersättning', 'OHALSA', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 5, 'a_kassa',
   'Arbetslöshetsersättning (a-kassa)', 'ARBETSMARKNAD', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 6, 'aktivitetsstod',
   'Aktivitetsstöd', 'ARBETSMARKNAD', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 7, 'utvecklingsersattning',
   'Utvecklingsersättning', 'ARBETSMARKNAD', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 8, 'etableringsersattning',
   'Etableringsersättning', 'ARBETSMARKNAD', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 9, 'forsorjningsstod',
   'Försörjningsstöd', 'EKONOMISKT_BISTAND', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 10, 'studiestod',
   'Studiestöd', 'OVRIG', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 11, 'foraldrapenning',
   'Föräldrapenning', 'OVRIG', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 12, 'annan_offentlig',
   'Annan offentlig försörjning', 'OVRIG', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 13, 'ingen_offentlig',
   'Ingen offentlig försörjning', 'INGEN', 'STANDS_ALONE', NULL, NULL, 'P', NULL, NULL),
  (1, 'SUPPORT_SOURCE', 14, 'uppgift_saknas',
   'Uppgift saknas', 'OKAND', 'STANDS_ALONE|UNKNOWN', NULL, NULL, 'P', NULL, NULL);

-- Highest completed education.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'EDUCATION', 1, 'ej_grundskola',
   'Ej avslutad grundskola', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'EDUCATION', 2, 'grundskola',
   'Grundskola', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'EDUCATION', 3, 'gymnasium',
   'Gymnasium', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'EDUCATION', 4, 'eftergymnasial_kort',
   'Eftergymnasial utbildning, högst två år', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'EDUCATION', 5, 'eftergymnasial_lang',
   'Eftergymnasial utbildning, mer än två år', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'EDUCATION', 6, 'uppgift_saknas',
   'Uppgift saknas', '', 'UNKNOWN', NULL, NULL, 'P', NULL, NULL);

-- Why a participation ends.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'END_REASON', 1, 'enligt_plan',
   'Avslutad enligt plan', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 2, 'annan_insats',
   'Övergång till annan insats', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 3, 'sjukdom',
   'Sjukdom', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 4, 'foraldraledighet',
   'Föräldraledighet', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 5, 'flytt',
   'Flytt', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 6, 'egen_begaran',
   'Egen begäran', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 7, 'atertaget_samtycke',
   'Återtaget samtycke', '', 'WITHDRAWS_CONSENT', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 8, 'avliden',
   'Avliden', '', 'SITUATION_OPTIONAL|DECEASED', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 9, 'ovrigt',
   'Övrigt', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'END_REASON', 10, 'felregistrering',
   'Felregistrering', '', 'EXCLUDED_FROM_STATISTICS|SITUATION_OPTIONAL', NULL, NULL, 'C', NULL, NULL);

-- Who showed the person the way.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'REFERRING_PARTY', 1, 'arbetsformedlingen',
   'Arbetsförmedlingen', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'REFERRING_PARTY', 2, 'forsakringskassan',
   'Försäkringskassan', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'REFERRING_PARTY', 3, 'kommun',
   'Kommunen', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'REFERRING_PARTY', 4, 'region',
   'Regionen', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'REFERRING_PARTY', 5, 'egen',
   'Egen anmälan', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'REFERRING_PARTY', 6, 'annan',
   'Annan', '', '', NULL, NULL, 'P', NULL, NULL);

-- Age at the entry, in whole years.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'AGE_GROUP', 1, '0-15',
   '0–15 år', '', '', 0, 15, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 2, '16-19',
   '16–19 år', '', '', 16, 19, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 3, '20-24',
   '20–24 år', '', '', 20, 24, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 4, '25-29',
   '25–29 år', '', '', 25, 29, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 5, '30-39',
   '30–39 år', '', '', 30, 39, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 6, '40-49',
   '40–49 år', '', '', 40, 49, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 7, '50-59',
   '50–59 år', '', '', 50, 59, 'P', NULL, NULL),
  (1, 'AGE_GROUP', 8, '60+',
   '60 år eller äldre', '', '', 60, NULL, 'P', NULL, NULL);

-- Months on public support before the entry.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'MONTHS_ON_SUPPORT', 1, '0',
   '0 månader', '', '', 0, 0, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 2, '1-3',
   '1–3 månader', '', '', 1, 3, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 3, '4-6',
   '4–6 månader', '', '', 4, 6, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 4, '7-12',
   '7–12 månader', '', '', 7, 12, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 5, '13-24',
   '13–24 månader', '', '', 13, 24, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 6, '25-36',
   '25–36 månader', '', '', 25, 36, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 7, '37-60',
   '37–60 månader', '', '', 37, 60, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 8, '61+',
   '61 månader eller mer', '', '', 61, NULL, 'P', NULL, NULL),
  (1, 'MONTHS_ON_SUPPORT', 9, 'unknown',
   'Uppgift saknas', '', 'UNKNOWN', NULL, NULL, 'P', NULL, NULL);

-- Why something recorded is corrected.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'CORRECTION_REASON', 1, 'skrivfel',
   'Skrivfel', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'CORRECTION_REASON', 2, 'ny_uppgift',
   'Ny uppgift har kommit in', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'CORRECTION_REASON', 3, 'nytt_personnummer',
   'Personen har fått ett nytt personnummer', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'CORRECTION_REASON', 4, 'annan',
   'Annan anledning', '', '', NULL, NULL, 'P', NULL, NULL);

-- Why somebody looks at who a person is.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'PURPOSE', 1, 'registrering',
   'Registrering av deltagande', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'PURPOSE', 2, 'uppfoljning',
   'Uppföljning av deltagande', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'PURPOSE', 3, 'rattelse',
   'Rättelse av uppgifter', '', '', NULL, NULL, 'P', NULL, NULL),
  (1, 'PURPOSE', 4, 'registerutdrag',
   'Registerutdrag till personen', '', '', NULL, NULL, 'P', NULL, NULL);

-- Administration first, then what is common, from real budgets.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'COST_TYPE', 1, 'styrelse',
   'Styrelse', '', 'ADMINISTRATION', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 2, 'revision',
   'Revision', '', 'ADMINISTRATION', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 3, 'personal',
   'Personal', '', 'ADMINISTRATION', NULL, NULL, 'C', NULL, NULL),
  (1, 'COST_TYPE', 4, 'kring',
   'Kringkostnader (lokal, telefoni, kontor)', '', 'ADMINISTRATION', NULL, NULL, 'C', NULL, NULL),
  (1, 'COST_TYPE', 5, 'externa_tjanster',
   'Externa tjänster', '', 'ADMINISTRATION', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 6, 'information',
   'Information', '', 'ADMINISTRATION', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 7, 'ovrigt',
   'Övrig administration', '', 'ADMINISTRATION', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 8, 'utvardering',
   'Utvärdering', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 9, 'utbildning',
   'Utbildning', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 10, 'utvecklingsmedel',
   'Utvecklingsmedel', '', '', NULL, NULL, 'I', NULL, NULL),
  (1, 'COST_TYPE', 11, 'reservation',
   'Reservation', '', '', NULL, NULL, 'I', NULL, NULL);

-- Who pays.
INSERT INTO code (version, list, position, code, label, group_code, flags,
                  lowest, highest, mark, valid_from, valid_to)
VALUES
  (1, 'FINANCIER_GROUP', 1, 'stat',
   'Staten', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FINANCIER_GROUP', 2, 'region',
   'Regionen', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FINANCIER_GROUP', 3, 'kommuner',
   'Kommunerna', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FINANCIER_GROUP', 4, 'samordningsforbund',
   'Samordningsförbundet', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FINANCIER_GROUP', 5, 'esf',
   'Europeiska socialfonden (ESF)', '', '', NULL, NULL, 'C', NULL, NULL),
  (1, 'FINANCIER_GROUP', 6, 'ovriga',
   'Övriga', '', '', NULL, NULL, 'C', NULL, NULL);
