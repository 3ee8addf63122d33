#include "client/cli/release_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/number_format.h"
#include "client/cli/report_words.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

// How many lines of a list are shown; the rest are counted.
constexpr int kMostShown = 20;

template <typename Rows, typename TextOf>
std::string LinesOf(const Rows& rows, const TextOf& text_of) {
  std::string lines;
  for (int i = 0; i < std::min(rows.size(), kMostShown); ++i) {
    lines += text_of(rows[i]);
  }
  return lines;
}

// What is not shown of `all`; `least`: there may be more.
std::string RestText(int all, const std::string& least = "") {
  if (all <= kMostShown) return "";
  return absl::StrCat("  … och ", least, FormatNumber(all - kMostShown),
                      " till\n");
}

std::string NameText(const v1::Release& release) {
  return absl::StrCat(release.name(), " (revision ", release.revision(), ")");
}

std::string RowText(const v1::BaseChange& change, const CodeLabels& labels) {
  if (change.dimension().empty()) return "hela rapporten";
  return absl::StrCat(DimensionText(change.dimension()), ": ",
                      Printable(DimensionValueText(change.dimension(),
                                                   change.value(), labels)));
}

std::string ChangeText(const v1::BaseChange& change, const CodeLabels& labels) {
  const std::string text = absl::StrCat(
      "  ", RowText(change, labels), ", underlag ",
      FormatNumber(change.before()), " → ", FormatNumber(change.after()));
  return change.before() == change.after()
             ? absl::StrCat(text, ", men inte lika många kvinnor och män\n")
             : text + "\n";
}

std::string ChangesText(const v1::PublishReleaseResponse& published,
                        const CodeLabels& labels) {
  const std::string text =
      "De här underlagen har ändrats med färre än 10, så en ny publicering "
      "bredvid\nden förra kunde röja vem som kommit till. Bara för er som "
      "publicerar:\n";
  return text +
         LinesOf(published.changes(),
                 [&](const v1::BaseChange& change) {
                   return ChangeText(change, labels);
                 }) +
         RestText(published.changes_size(), "minst ");
}

// Of the earlier releases of the same year.
std::string TogetherText(int earlier) {
  if (earlier == 0) return "";
  return absl::StrCat(
      "Det gäller tillsammans med ", earlier,
      earlier == 1 ? " tidigare publicering" : " tidigare publiceringar",
      " av samma år, och för skillnaden mellan dem.\n");
}

}  // namespace

std::string WithheldText(const v1::Release& release) {
  return absl::StrCat("Av ", FormatNumber(release.counts()), " antal är ",
                      FormatNumber(release.withheld_small()),
                      " skyddade för att de är små, och ",
                      FormatNumber(release.withheld_further()),
                      " därutöver så att de små inte går att räkna ut.\n");
}

std::string PublishedText(const v1::PublishReleaseResponse& published,
                          const CodeLabels& labels) {
  const v1::Release& release = published.release();
  const std::string withheld = WithheldText(release);
  if (!published.stands()) {
    return absl::StrCat("Publicerad: ", NameText(release), ".\n", withheld);
  }
  const std::string stands = absl::StrCat(
      "Den förra publiceringen står kvar: ", NameText(release),
      published.changes().empty() ? ". Inget antal har ändrats.\n" : ".\n");
  return absl::StrCat(
      stands, published.changes().empty() ? "" : ChangesText(published, labels),
      withheld);
}

std::string UnsafeText(const v1::UnsafeCounts& unsafe) {
  if (unsafe.names().empty()) {
    return absl::StrCat(
        "Skyddade antal som ",
        unsafe.forbund().empty() ? "redan är publicerade för hela landet"
                                 : absl::StrCat(Printable(unsafe.forbund()),
                                                " redan har publicerat"),
        " skulle gå att räkna ut: ", FormatNumber(unsafe.counts()), ".\n");
  }
  const std::string text =
      "De här antalen skulle gå att räkna ut. Bara för er som publicerar:\n";
  return text +
         LinesOf(unsafe.names(),
                 [](const std::string& count) {
                   return absl::StrCat("  ", Printable(count), "\n");
                 }) +
         RestText(unsafe.counts());
}

std::string ProofText(const v1::ReleaseProof& proof,
                      const handlers::ProofFindings& found,
                      const std::string& key_id) {
  const v1::Release& release = proof.release();
  const std::string all = FormatNumber(found.counts);
  return absl::StrCat(
      PropertyText({{"bevis", absl::StrCat("publicering för ", release.year(),
                                           ", revision ", release.revision())},
                    {"namn", Printable(release.name())},
                    {"förbund", Printable(absl::StrJoin(
                                    release.report().forbund(), ", "))},
                    {"nyckel", key_id.empty() ? "ingen" : Printable(key_id)}}),
      WithheldText(release), all, " av ", all,
      " små antal är bevisade genom addition: en annan tabell med minst 4 "
      "skillnad\npassar allt som är publicerat.\n",
      TogetherText(proof.earlier_size()),
      "Det publicerade är vad de sanna antalen och skydden ger.\n"
      "Beviset innehåller sanna antal och är bara för personalen.\n");
}

std::string BrokenProofText(const handlers::ProofFindings& found) {
  std::vector<std::string> faults;
  if (!found.truth_adds_up) {
    faults.push_back("de sanna antalen går inte ihop");
  }
  if (!found.release_is_of_truth) {
    faults.push_back(
        "det publicerade är inte vad de sanna antalen och skydden ger");
  }
  if (found.unproved > 0) {
    faults.push_back(absl::StrCat(FormatNumber(found.unproved), " av ",
                                  FormatNumber(found.counts),
                                  " små antal är inte bevisade"));
  }
  return absl::StrCat("Beviset håller inte: ", absl::StrJoin(faults, "; "),
                      ". Hör av dig till förvaltningen av Stegvis.");
}

}  // namespace stegvis::cli
