#include "client/cli/usage_text.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

// `stegvis forbund create`: the whole command.
std::string Invocation(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  if (parent == nullptr) return app.get_name();
  return absl::StrCat(Invocation(*parent), " ", app.get_name());
}

// CLI11's usage line, under the whole command and with Swedish labels.
class SwedishFormatter final : public CLI::Formatter {
 public:
  SwedishFormatter() {
    label("Usage", "Användning");
    label("OPTIONS", "VAL");
    label("Positionals", "Argument");
    label("SUBCOMMAND", "KOMMANDO");
    label("SUBCOMMANDS", "KOMMANDON");
    label("REQUIRED", "(krävs)");
    label("Env", "miljö");
    label("TEXT", "TEXT");
    label("INT", "TAL");
    label("UINT", "TAL");
    label("FLOAT", "TAL");
    column_width(30);
  }

  std::string make_usage(const CLI::App* app,
                         std::string /*name*/) const override {
    return "\n" + CLI::Formatter::make_usage(app, Invocation(*app));
  }

  std::string make_option(const CLI::Option* option,
                          bool is_positional) const override {
    return Line(
        make_option_name(option, is_positional) + make_option_opts(option),
        make_option_desc(option));
  }

  // In the list of commands the first sentence is enough.
  std::string make_subcommand(const CLI::App* command) const override {
    return Line(command->get_name(), FirstSentence(command->get_description()));
  }

 private:
  static std::string FirstSentence(const std::string& text) {
    for (size_t at = text.find('.'); at != std::string::npos;
         at = text.find('.', at + 1)) {
      if (at + 1 == text.size() || text[at + 1] == ' ' ||
          text[at + 1] == '\n') {
        return text.substr(0, at);
      }
    }
    return text;
  }

  // Aligned by what is seen; what is too wide has its text on the next line.
  std::string Line(const std::string& left, const std::string& right) const {
    const size_t column = get_column_width();
    const std::string indent(column, ' ');
    const size_t used = 2 + static_cast<size_t>(DisplayWidth(left));
    std::string line = "  " + left;
    line += used < column ? std::string(column - used, ' ') : "\n" + indent;
    return line + absl::StrReplaceAll(right, {{"\n", "\n" + indent}}) + "\n";
  }
};

constexpr int kMostDigitsShown = 5;

// The option or argument that an English message of CLI11 begins with, or, of
// a value that could not be converted, names after its first words.
std::string Subject(const CLI::ParseError& error) {
  absl::string_view message = error.what();
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
    absl::ConsumePrefix(&message, "Could not convert: ");
  }
  const absl::string_view subject =
      message.substr(0, message.find_first_of(": "));
  return Printable(std::string(subject));
}

// What was typed, unless it may be a person's number, which must not be
// repeated where it may be kept.
std::string Shown(const std::string& typed) {
  const auto digits = std::count_if(
      typed.begin(), typed.end(),
      [](unsigned char letter) { return absl::ascii_isdigit(letter); });
  return digits > kMostDigitsShown ? "ett tal som inte hör dit"
                                   : Printable(typed);
}

// The first argument that was not expected: CLI11 names them last to first.
std::string Unexpected(const CLI::ParseError& error) {
  const std::string message = error.what();
  return Shown(message.substr(message.find_last_of(": ") + 1));
}

// Why a group of commands was left without one.
std::string CommandProblem(const CLI::App& group) {
  const std::vector<std::string> left = group.remaining();
  if (left.empty()) return "ett kommando saknas";
  return absl::StrCat("okänt kommando: ", Shown(left.front()));
}

std::string Problem(const CLI::App& command, const CLI::ParseError& error) {
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const bool subcommand =
        !command.get_subcommands([](const CLI::App*) { return true; }).empty();
    return subcommand ? CommandProblem(command)
                      : absl::StrCat(Subject(error), " saknas");
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return absl::StrCat("okänt argument: ", Unexpected(error));
  }
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    return absl::StrCat(Subject(error), " har fel antal värden");
  }
  if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr ||
      dynamic_cast<const CLI::RequiresError*>(&error) != nullptr) {
    return absl::StrCat(Subject(error), " passar inte med de andra valen");
  }
  return absl::StrCat("värdet för ", Subject(error), " är inte giltigt");
}

}  // namespace

void UseSwedish(CLI::App& app) {
  app.formatter(std::make_shared<SwedishFormatter>());
  app.set_help_flag("-h,--help", "Visa hjälpen");
  app.option_defaults()->group("Val");
  app.get_help_ptr()->group("Val");
}

const CLI::App& ChosenApp(const CLI::App& app) {
  const CLI::App* chosen = &app;
  while (!chosen->get_subcommands().empty()) {
    chosen = chosen->get_subcommands().front();
  }
  return *chosen;
}

std::string UsageText(const CLI::App& command, const CLI::ParseError& error) {
  const std::string invocation = Invocation(command);
  return absl::StrCat(invocation, ": ", Problem(command, error), ". Se ",
                      invocation, " --help.");
}

}  // namespace stegvis::cli
