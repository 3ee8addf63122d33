#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "client/cli/words.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/forbund.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::ForbundService;

struct QuestionOptions {
  std::string forbund, text, type, start, end, asked;
  std::vector<std::string> choices;
  int position = 0;
  std::string format;
};

std::string AskedText(const v1::Question& question) {
  if (question.asked_entry() && question.asked_exit()) return "in och ut";
  return question.asked_entry() ? "in" : "ut";
}

void Print(const v1::Question& question, const std::string& format) {
  if (format == "json") {
    std::cout << JsonText(question);
    return;
  }
  std::cout << PropertyText({
      {"Fråga", question.text()},
      {"Svar", AnswerTypeWord(question.answer_type())},
      {"Val", absl::StrJoin(question.choices(), ", ")},
      {"Ställs", AskedText(question)},
      {"Från", question.start_date()},
      {"Till", question.end_date()},
      {"Resurs", question.name()},
  });
}

absl::Status Add(const QuestionOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  v1::CreateQuestionRequest request;
  request.set_parent(forbund->name());
  v1::Question& question = *request.mutable_question();
  question.set_text(options.text);
  question.set_answer_type(AnswerTypeOf(options.type));
  for (const std::string& choice : options.choices) {
    question.add_choices(choice);
  }
  question.set_start_date(options.start);
  question.set_end_date(options.end);
  question.set_position(options.position);
  question.set_asked_entry(options.asked != "ut");
  question.set_asked_exit(options.asked != "in");
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Question added,
      session.Call(&ForbundService::Stub::CreateQuestion, request));
  Print(added, options.format);
  return absl::OkStatus();
}

absl::Status List(const QuestionOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  ASSIGN_OR_RETURN(const std::vector<v1::Question>* questions,
                   names->Questions(forbund->name()));
  if (options.format == "json") {
    v1::ListQuestionsResponse all;
    for (const v1::Question& question : *questions) {
      *all.add_questions() = question;
    }
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  TextTable table(
      {{"fråga"}, {"svar"}, {"val"}, {"ställs"}, {"från"}, {"till"}});
  for (const v1::Question& question : *questions) {
    table.AddRow({question.text(), AnswerTypeWord(question.answer_type()),
                  absl::StrJoin(question.choices(), ", "), AskedText(question),
                  question.start_date(), question.end_date()});
  }
  std::cout << (table.Empty() ? "Förbundet har inga egna frågor.\n"
                              : table.Text());
  return absl::OkStatus();
}

absl::StatusOr<const v1::Question*> FindQuestion(const QuestionOptions& options,
                                                 Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  ASSIGN_OR_RETURN(const std::vector<v1::Question>* questions,
                   names->Questions(forbund->name()));
  for (const v1::Question& question : *questions) {
    if (question.name() == options.text ||
        Comparable(question.text()) == Comparable(options.text)) {
      return &question;
    }
  }
  return Complaint(absl::StrCat("Frågan \"", Printable(options.text),
                                "\" finns inte. Se frågorna med: stegvis "
                                "question list."));
}

absl::Status End(const QuestionOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::Question* question,
                   FindQuestion(options, session));
  if (!session.Confirm(
          absl::StrCat("Sluta ställa frågan efter ", options.end, "?"))) {
    return Complaint("Inget är ändrat.");
  }
  v1::EndQuestionRequest request;
  request.set_name(question->name());
  request.set_etag(question->etag());
  request.set_end_date(options.end);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Question ended,
                   session.Call(&ForbundService::Stub::EndQuestion, request));
  Print(ended, options.format);
  return absl::OkStatus();
}

void AddAdd(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<QuestionOptions>();
  CLI::App& app = table.Command(
      group, "add",
      "Lägger till en egen fråga. Text, svarsform och val kan inte ändras "
      "sedan.",
      "stegvis question add --forbund 222000-1230 --text \"Har du barn "
      "hemma?\" "
      "--type ja-nej --start 2026-01-01 --asked in",
      [options](Session& session) { return Add(*options, session); });
  AddForbund(app, options->forbund);
  app.add_option("--text", options->text, "Frågan")
      ->type_name("TEXT")
      ->required();
  app.add_option("--type", options->type, "Vad ett svar är")
      ->type_name("ja-nej|tal|text|val")
      ->check(OneOf({"ja-nej", "tal", "text", "val"}))
      ->required();
  app.add_option("--choice", options->choices, "Ett svarsval, kan upprepas")
      ->type_name("TEXT")
      ->expected(1)
      ->take_all();
  app.add_option("--asked", options->asked, "När den ställs")
      ->type_name("in|ut|bada")
      ->check(OneOf({"in", "ut", "bada"}))
      ->required();
  app.add_option("--start", options->start, "Första dagen den ställs")
      ->type_name("DATUM")
      ->required();
  app.add_option("--end", options->end, "Sista dagen den ställs")
      ->type_name("DATUM");
  app.add_option("--position", options->position,
                 "Plats bland frågorna, lägst först")
      ->type_name("TAL");
  AddFormat(app, options->format);
}

}  // namespace

void AddQuestionCommands(CommandTable& table) {
  CLI::App& group = table.Group("question", "Förbundets egna frågor");
  AddAdd(table, group);

  auto all = std::make_shared<QuestionOptions>();
  CLI::App& list =
      table.Command(group, "list", "Visar frågorna i den ordning de ställs.",
                    "stegvis question list --forbund 222000-1230",
                    [all](Session& session) { return List(*all, session); });
  AddForbund(list, all->forbund);
  AddFormat(list, all->format);

  auto one = std::make_shared<QuestionOptions>();
  CLI::App& end =
      table.Command(group, "end", "Slutar ställa en fråga. Svaren finns kvar.",
                    "stegvis question end --forbund 222000-1230 --text \"Har "
                    "du barn hemma?\" "
                    "--date 2026-12-31",
                    [one](Session& session) { return End(*one, session); });
  AddForbund(end, one->forbund);
  end.add_option("--text", one->text, "Frågans text, eller dess resursnamn")
      ->type_name("TEXT")
      ->required();
  end.add_option("--date", one->end, "Sista dagen den ställs")
      ->type_name("DATUM")
      ->required();
  AddFormat(end, one->format);
}

}  // namespace stegvis::cli
