// What the client reads: files of rows, kept heads, and the command line.
#include <array>
#include <iostream>
#include <sstream>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/connection.h"
#include "client/cli/csv_reader.h"
#include "client/cli/directory.h"
#include "client/cli/import_counts.h"
#include "client/cli/import_insatser.h"
#include "client/cli/import_participants.h"
#include "client/cli/reason_text.h"
#include "client/cli/run.h"
#include "client/cli/utf8.h"
#include "tests/fuzz/rpc_world.h"
#include "tests/fuzz/target.h"

namespace stegvis::fuzz {
namespace {

constexpr absl::string_view kColumns[] = {"forbund", "insats", "namn", "ar"};

void ReadCsv(absl::string_view input) {
  std::istringstream in{std::string(input)};
  cli::CsvReader reader(in);
  if (!reader.ReadHeader(kColumns).ok()) return;
  cli::CsvRow row;
  int64_t line = 0;
  while (reader.Next(row)) {
    Expect(row.line > line, "rows come in the order of their lines");
    line = row.line;
    Notice(row.fault);
    if (!row.fault.empty()) {
      Expect(cli::HasReasonText(row.fault), "a fault can be explained");
      continue;
    }
    Expect(row.fields.size() == reader.Columns().size(),
           "a row has a field for each column");
    for (const absl::string_view field : row.fields) {
      Expect(cli::IsCleanUtf8(field), "a field is UTF-8");
    }
  }
  Expect(reader.Position() == static_cast<int64_t>(input.size()),
         "a file is read to its end");
}

// What a server has that begins a file's rows; it is asked once.
cli::Directory& TheDirectory() {
  static auto& world = *new RpcWorld;
  static auto& connection = *new cli::Connection(world.ProfileOf("admin"));
  static auto& directory =
      *new cli::Directory(*cli::Directory::Load(connection));
  return directory;
}

template <typename Row, typename MakeParser>
void ReadRows(absl::string_view input, const MakeParser& make) {
  std::istringstream in{std::string(input)};
  cli::CsvReader reader(in);
  if (!reader.ReadHeader(cli::ParticipantColumns()).ok()) return;
  const auto parser = make(reader.Columns());
  if (!parser.ok()) {
    return Expect(cli::IsCleanUtf8(parser.status().message()),
                  "what is told is UTF-8");
  }
  cli::CsvRow csv;
  while (reader.Next(csv)) {
    if (!csv.fault.empty()) continue;
    Row row;
    cli::RowFaults faults;
    cli::RowTrace trace;
    Expect((*parser)->Parse(csv, row, faults, trace).ok(),
           "a row does not end the import");
    for (const Fault& fault : faults) {
      Notice(absl::StrCat(fault.field, fault.reason));
      Expect(cli::HasReasonText(fault.reason), "a fault can be explained");
    }
    Row sent;
    Expect(sent.ParseFromString(row.SerializeAsString()),
           "what a row becomes can be sent");
  }
}

// The first byte chooses the kind of file.
void ReadImport(absl::string_view input) {
  if (input.empty()) return;
  cli::Directory& directory = TheDirectory();
  const absl::string_view file = input.substr(1);
  using Header = std::vector<std::string>;
  if (input[0] == 'i') {
    return ReadRows<v1::InsatsRow>(file, [&](const Header& header) {
      return cli::InsatsParser(header, directory);
    });
  }
  if (input[0] == 'c') {
    return ReadRows<v1::CountRow>(file, [&](const Header& header) {
      return cli::CountParser(header, /*migrate=*/true, directory);
    });
  }
  ReadRows<v1::ParticipationRow>(file, [&](const Header& header) {
    return cli::ParticipantParser(header, /*migrate=*/input[0] == 'm',
                                  directory);
  });
}

// What the client prints meanwhile.
class Printed {
 public:
  Printed()
      : out_(std::cout.rdbuf(text_.rdbuf())),
        err_(std::cerr.rdbuf(text_.rdbuf())) {}
  Printed(const Printed&) = delete;
  Printed& operator=(const Printed&) = delete;
  ~Printed() {
    std::cout.rdbuf(out_);
    std::cerr.rdbuf(err_);
    std::cout.clear();
  }

  std::string Text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::streambuf* const out_;
  std::streambuf* const err_;
};

int RunClient(const std::vector<std::string>& words) {
  std::vector<const char*> arguments = {"stegvis"};
  for (const std::string& word : words) arguments.push_back(word.c_str());
  return cli::Run(static_cast<int>(arguments.size()), arguments.data());
}

// Commands that ask a server, without one: a word a line.
void ReadCommandLine(absl::string_view input) {
  constexpr absl::string_view kCommands[] = {"report", "audit", "participant",
                                             "user",   "count", "question"};
  std::vector<std::string> words = absl::StrSplit(input, '\n');
  bool harmless = false;
  for (const absl::string_view command : kCommands) {
    harmless = harmless || words[0] == command;
  }
  if (!harmless || absl::StrContains(input, '\0')) return;
  const Printed printed;
  const int status = RunClient(words);
  Notice(printed.Text());
  Expect(status >= 0 && status <= 3, "the status is one of ours");
  Expect(cli::IsCleanUtf8(printed.Text()), "what is printed is UTF-8");
}

void ReadKeptHeads(absl::string_view input) {
  const std::string file = FileWith(input);
  const Printed printed;
  const int status = RunClient({"audit", "verify", "--head", file});
  Expect(status == 1 || status == 2, "without a server nothing is verified");
}

}  // namespace

std::vector<Target> ClientTargets() {
  return {{"command_line", ReadCommandLine},
          {"csv", ReadCsv},
          {.name = "import_file", .read = ReadImport, .serves = true},
          {"kept_heads", ReadKeptHeads}};
}

}  // namespace stegvis::fuzz
