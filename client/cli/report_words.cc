#include "client/cli/report_words.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

struct Word {
  absl::string_view key;
  absl::string_view text;
};

constexpr Word kOccupation[] = {
    {"ARBETE_ELLER_STUDIER", "Arbete eller studier"},
    {"ARBETE", "därav arbete"},
    {"STUDIER", "därav studier"},
    {"ARBETSSOKANDE", "Arbetssökande"},
    {"OVRIG", "Övrigt"},
};

constexpr Word kDimensions[] = {
    {"SEX", "kön"},
    {"AGE_GROUP", "ålder vid start"},
    {"EDUCATION", "utbildning"},
    {"REFERRED_BY", "remittent"},
    {"MONTHS_ON_SUPPORT", "månader i försörjning före"},
    {"FOCUS", "fokus"},
    {"TARGET_GROUP", "målgrupp"},
    {"INSATS", "insats"},
    {"FORBUND", "förbund"},
    {"KOMMUN", "kommun"},
    {"YEAR", "avslutsår"},
    {"END_REASON", "avslutsanledning"},
};

constexpr Word kParts[] = {
    {"participants", "Deltagare"},
    {"occupation", "Sysselsättning"},
    {"beganOrIncreased", "Börjat eller ökat"},
    {"support", "Försörjning"},
    {"supportGroups", "Försörjning i grupper"},
    {"followUp", "Uppföljning efter avslut"},
    {"flows", "Förflyttningar"},
};

constexpr Word kMeasures[] = {
    {"started", "påbörjade"},
    {"ongoing", "pågående vid periodens slut"},
    {"ended", "avslutade"},
    {"base", "underlag"},
    {"individuals", "olika personer i underlaget"},
    {"anonymous", "anonyma"},
    {"volume", "volym"},
    {"structuralVolume", "i strukturinsatser"},
    {"registered", "registrerade"},
    {"unreadable", "poster som inte går att öppna"},
    {"coverage", "täckning"},
    {"before", "före"},
    {"after", "efter"},
    {"shareBefore", "andel före"},
    {"shareAfter", "andel efter"},
    {"shareAfterLow", "andel efter, intervallets nedre gräns"},
    {"shareAfterHigh", "andel efter, intervallets övre gräns"},
    {"shareAfterIfOthersFailed", "andel efter, om ingen av övriga"},
    {"shareAfterIfOthersSucceeded", "andel efter, om alla övriga"},
    {"workOrStudyAfter", "i arbete eller studier efter"},
    {"began", "börjat"},
    {"increased", "ökat"},
    {"change", "ändring"},
    {"changePercent", "ändring, av antalet före"},
    {"changePercentagePoints", "ändring, av underlaget"},
    {"due", "att följa upp"},
    {"answered", "uppföljda"},
    {"workOrStudy", "i arbete eller studier"},
    {"seeking", "arbetssökande"},
    {"other", "övrigt"},
};

constexpr Word kSexes[] = {{"women", "Kvinnor"}, {"men", "Män"}};

template <size_t size>
std::string TextOf(const Word (&words)[size], absl::string_view key) {
  for (const Word& word : words) {
    if (word.key == key) return std::string(word.text);
  }
  return std::string(key);
}

// The code list that the values of a dimension stand in; empty when they speak
// for themselves.
absl::string_view ListOf(absl::string_view dimension) {
  if (dimension == "EDUCATION" || dimension == "TARGET_GROUP" ||
      dimension == "END_REASON") {
    return dimension;
  }
  if (dimension == "REFERRED_BY") return "REFERRING_PARTY";
  return "";
}

// The two lists of focus share no code but "annan", which differ by ending.
std::string FocusText(absl::string_view code, const CodeLabels& labels) {
  const std::string label = labels.Label("FOCUS_INDIVIDUAL", code);
  return label == code ? labels.Label("FOCUS_STRUCTURAL", code) : label;
}

}  // namespace

std::string OccupationText(absl::string_view key) {
  return TextOf(kOccupation, key);
}

std::string PartText(absl::string_view part) { return TextOf(kParts, part); }

std::string MeasureText(absl::string_view measure) {
  return TextOf(kMeasures, measure);
}

std::string SupportGroupText(absl::string_view key, const CodeLabels& labels) {
  if (key == "ANY_PUBLIC") return "Någon offentlig försörjning";
  return labels.Label("SUPPORT_GROUP", key);
}

std::string FlowTargetText(absl::string_view key, const CodeLabels& labels) {
  if (key == "WORK") return "arbete";
  if (key == "STUDY") return "studier";
  return labels.Label("SUPPORT_SOURCE", key);
}

std::string DimensionText(absl::string_view dimension) {
  return TextOf(kDimensions, dimension);
}

std::string DimensionValueText(absl::string_view dimension,
                               absl::string_view value,
                               const CodeLabels& labels) {
  if (value.empty()) return "okänt";
  if (dimension == "SEX") return TextOf(kSexes, value);
  if (dimension == "FOCUS") return FocusText(value, labels);
  if (dimension == "AGE_GROUP") return absl::StrCat(value, " år");
  if (dimension == "MONTHS_ON_SUPPORT") {
    return value == "unknown" ? "okänt" : absl::StrCat(value, " månader");
  }
  const absl::string_view list = ListOf(dimension);
  return list.empty() ? std::string(value) : labels.Label(list, value);
}

}  // namespace stegvis::cli
