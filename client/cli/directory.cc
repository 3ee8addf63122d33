#include "client/cli/directory.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "client/cli/complaint.h"
#include "client/cli/paging.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/forbund.grpc.pb.h"
#include "stegvis/v1/insats.grpc.pb.h"

namespace stegvis::cli {
namespace {

template <typename Rows, typename Row>
void Append(const Rows& rows, std::vector<Row>& to) {
  to.insert(to.end(), rows.begin(), rows.end());
}

std::string ForbundOf(const std::string& insats) {
  return insats.substr(0, insats.find("/insatser/"));
}

}  // namespace

absl::StatusOr<Directory> Directory::Load(Connection& connection) {
  Directory directory(connection);
  ASSIGN_OR_RETURN(const v1::ListForbundResponse all,
                   AllPages(connection, &v1::ForbundService::Stub::ListForbund,
                            v1::ListForbundRequest()));
  Append(all.forbund(), directory.forbund_);
  for (size_t i = 0; i < directory.forbund_.size(); ++i) {
    const v1::Forbund& forbund = directory.forbund_[i];
    const std::string& number = forbund.organization_number();
    directory.by_text_[forbund.name()].push_back(i);
    directory.by_text_[number].push_back(i);
    directory.by_text_[absl::StrReplaceAll(number, {{"-", ""}})].push_back(i);
    directory.by_text_[Comparable(forbund.display_name())].push_back(i);
  }
  return directory;
}

absl::StatusOr<const v1::Forbund*> Directory::FindForbund(
    absl::string_view text) const {
  const auto found = by_text_.find(Comparable(text));
  if (found == by_text_.end()) {
    return absl::NotFoundError(
        absl::StrCat("Förbundet ", Printable(text),
                     " finns inte, eller så får du inte se det. Se förbunden "
                     "med: stegvis forbund list."));
  }
  if (found->second.size() > 1) {
    return Complaint(absl::StrCat("Flera förbund heter ", Printable(text),
                                  ". Ange organisationsnumret i stället."));
  }
  return &forbund_[found->second.front()];
}

absl::StatusOr<const v1::Forbund*> Directory::ForbundOrOnly(
    absl::string_view text) const {
  if (!text.empty()) return FindForbund(text);
  if (forbund_.size() == 1) return &forbund_.front();
  if (forbund_.empty()) {
    return Complaint(
        "Det finns inget förbund som du får se. Be administratören om en "
        "roll.");
  }
  return WrongUsage("Det finns flera förbund. Ange vilket med --forbund NAMN.");
}

absl::StatusOr<const std::vector<v1::Insats>*> Directory::Insatser(
    const std::string& forbund) {
  const auto found = insatser_.find(forbund);
  if (found != insatser_.end()) return &found->second;
  v1::ListInsatserRequest request;
  request.set_parent(forbund);
  ASSIGN_OR_RETURN(
      const v1::ListInsatserResponse all,
      AllPages(*connection_, &v1::InsatsService::Stub::ListInsatser, request));
  std::vector<v1::Insats>& insatser = insatser_[forbund];
  Append(all.insatser(), insatser);
  return &insatser;
}

absl::StatusOr<const std::vector<v1::Question>*> Directory::Questions(
    const std::string& forbund) {
  const auto found = questions_.find(forbund);
  if (found != questions_.end()) return &found->second;
  v1::ListQuestionsRequest request;
  request.set_parent(forbund);
  ASSIGN_OR_RETURN(const v1::ListQuestionsResponse all,
                   AllPages(*connection_,
                            &v1::ForbundService::Stub::ListQuestions, request));
  std::vector<v1::Question>& questions = questions_[forbund];
  Append(all.questions(), questions);
  return &questions;
}

absl::StatusOr<const Directory::Index*> Directory::TitlesOf(
    const v1::Forbund& forbund) {
  const auto found = titles_.find(forbund.name());
  if (found != titles_.end()) return &found->second;
  ASSIGN_OR_RETURN(const std::vector<v1::Insats>* insatser,
                   Insatser(forbund.name()));
  Index& index = titles_[forbund.name()];
  for (size_t i = 0; i < insatser->size(); ++i) {
    index.emplace((*insatser)[i].title(), i);
    index.emplace((*insatser)[i].name(), i);
    // An exact title wins over one that differs in capitals alone.
    index.emplace(Comparable((*insatser)[i].title()), i);
  }
  return &index;
}

absl::StatusOr<const v1::Insats*> Directory::FindInsats(
    const v1::Forbund& forbund, absl::string_view text) {
  ASSIGN_OR_RETURN(const Index* index, TitlesOf(forbund));
  auto found = index->find(text);
  if (found == index->end()) found = index->find(Comparable(text));
  if (found == index->end()) {
    return absl::NotFoundError(absl::StrCat(
        "Insatsen ", Printable(text), " finns inte i ",
        Printable(forbund.display_name()),
        ", eller så får du inte se den. Se insatserna med: stegvis insats "
        "list."));
  }
  return &insatser_.at(forbund.name())[found->second];
}

std::string Directory::ForbundTitle(const std::string& name) const {
  const auto found = by_text_.find(name);
  if (found == by_text_.end()) return name;
  return forbund_[found->second.front()].display_name();
}

std::string Directory::InsatsTitle(const std::string& name) {
  const absl::StatusOr<const std::vector<v1::Insats>*> insatser =
      Insatser(ForbundOf(name));
  if (!insatser.ok()) return name;
  for (const v1::Insats& insats : **insatser) {
    if (insats.name() == name) return insats.title();
  }
  return name;
}

}  // namespace stegvis::cli
