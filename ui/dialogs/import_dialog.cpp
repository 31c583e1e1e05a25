// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_dialog.h"

#include "ui/bridge/preview_text.h"
#include "ui/bridge/qt_text.h"
#include "ui/model/preview_table_model.h"
#include "ui/widgets/fonts.h"
#include "ui/widgets/form_row.h"
#include "ui/widgets/help_text.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/section_caption.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <limits>

namespace embedscope {

namespace {

constexpr int kFormWidth = 316;
constexpr int kEditorWidth = 176;
constexpr int kTokenWidth = 132;
constexpr int kValueWidth = 78;
constexpr int kMostDim = 100000;
constexpr int kTablePage = 0;
constexpr int kProblemPage = 1;

/// By the names that iconv knows.
constexpr const char* kEncodings[] = {"ISO-8859-1",   "WINDOWS-1252", "ISO-8859-15", "ISO-8859-2", "WINDOWS-1250",
                                      "WINDOWS-1251", "KOI8-R",       "CP852",       "GB18030",    "BIG5",
                                      "SHIFT_JIS",    "EUC-JP",       "EUC-KR"};

bool isText(const std::optional<Format>& format)
{
    return format == Format::Glove || format == Format::Word2VecText || format == Format::FastTextVec ||
           format == Format::Csv || format == Format::Projector;
}

/// Their tokens stand in the rows.
bool holdsTokens(const std::optional<Format>& format)
{
    return !format || isText(format) || format == Format::Word2VecBinary || format == Format::FastTextBin ||
           format == Format::Finalfusion;
}

QComboBox* makeCombo()
{
    auto* combo = new QComboBox;
    combo->setFixedWidth(kEditorWidth);
    return combo;
}

QSpinBox* makeSpin(int most, const QString& unset)
{
    auto* spin = new QSpinBox;
    spin->setRange(0, most);
    spin->setSpecialValueText(unset);
    spin->setGroupSeparatorShown(true);
    spin->setFixedWidth(kEditorWidth);
    return spin;
}

/// What is chosen in a list whose first entry, without data, leaves it to the program.
template <class T>
std::optional<T> chosen(const QComboBox& combo)
{
    const QVariant data = combo.currentData();
    return data.isValid() ? std::optional(data.value<T>()) : std::nullopt;
}

std::optional<Index> chosen(const QSpinBox& spin)
{
    return spin.value() > 0 ? std::optional<Index>(spin.value()) : std::nullopt;
}

void choose(QComboBox& combo, const QVariant& data)
{
    combo.setCurrentIndex(std::max(0, combo.findData(data)));
}

QString arrayText(const ArrayInfo& array)
{
    return ImportDialog::tr("%1 %2 %3")
        .arg(displayToken(array.name), arrayShapeText(array.shape), QString::fromStdString(array.dtype));
}

} // namespace

ImportDialog::ImportDialog(JobRunner* jobs, const QString& path, const ReadOptions& options,
                           const std::optional<Error>& refusal, QWidget* parent)
    : QDialog(parent)
    , m_preview(jobs, path, options)
    , m_refusal(refusal)
    , m_refused(options)
    , m_model(new PreviewTableModel(this))
    , m_facts(new QLabel)
    , m_note(new HelpText)
{
    setWindowTitle(QFileInfo(path).fileName());
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_open = buttons->addButton(tr("&Open"), QDialogButtonBox::AcceptRole);
    createEditors();

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(20, 20, 20, 16);
    column->setSpacing(14);
    column->addWidget(m_facts);
    column->addWidget(m_note);
    auto* body = new QHBoxLayout;
    body->setSpacing(24);
    body->addWidget(makeForm());
    body->addWidget(makePreview(), 1);
    column->addLayout(body, 1);
    column->addWidget(buttons);
    resize(960, 600);

    connectEditors();
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_preview, &ImportPreview::changed, this, &ImportDialog::refresh);
    refresh();
}

void ImportDialog::createEditors()
{
    const ReadOptions options = m_preview.options();
    m_format = makeCombo();
    m_format->addItem(tr("As found"));
    for (const Format format : readableFormats())
        m_format->addItem(formatTitle(format), static_cast<int>(format));
    if (options.format)
        embedscope::choose(*m_format, static_cast<int>(*options.format));
    m_entry = makeCombo();
    m_array = makeCombo();
    m_header = makeCombo();
    m_header->addItem(tr("As found"));
    m_header->addItem(tr("Is a header"), true);
    m_header->addItem(tr("Is a row"), false);
    if (options.header)
        embedscope::choose(*m_header, *options.header);
    m_dim = makeSpin(kMostDim, tr("As found"));
    m_dim->setValue(static_cast<int>(options.dim.value_or(0)));
    m_encoding = makeCombo();
    m_encoding->addItem(tr("UTF-8, bytes as they are"));
    for (const char* name : kEncodings)
        m_encoding->addItem(QString::fromLatin1(name), QString::fromLatin1(name));
    embedscope::choose(*m_encoding, QString::fromStdString(options.encoding));
    m_limit = makeSpin(std::numeric_limits<int>::max(), tr("All"));
    m_limit->setSingleStep(10000);
    m_limit->setValue(static_cast<int>(options.limit.value_or(0)));
    m_skip = new ToggleSwitch;
    m_skip->setChecked(options.skip_damaged);
    m_tokens = new QLineEdit;
    m_tokens->setPlaceholderText(tr("As found"));
    m_tokens->setClearButtonEnabled(true);
    if (options.tokens)
        m_tokens->setText(QString::fromStdString(options.tokens->string()));
}

FormRow* ImportDialog::addRow(QVBoxLayout* column, const QString& label, QWidget* editor)
{
    auto* row = new FormRow(label, editor);
    column->addWidget(row);
    return row;
}

QWidget* ImportDialog::makeForm()
{
    auto* form = new QWidget;
    form->setFixedWidth(kFormWidth);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(new SectionCaption(tr("How to read it")));
    addRow(column, tr("&Format"), m_format);
    m_entryRow = addRow(column, tr("File in the &archive"), m_entry);
    m_arrayRow = addRow(column, tr("Arra&y"), m_array);
    m_headerRow = addRow(column, tr("First &line"), m_header);
    m_dimRow = addRow(column, tr("&Values a row"), m_dim);
    m_encodingRow = addRow(column, tr("&Encoding"), m_encoding);
    m_tokensRow = addRow(column, tr("&Token list"), makeTokensRow());
    addRow(column, tr("First &rows only"), m_limit);
    m_skipRow = addRow(column, tr("Leave &damaged lines out"), m_skip);
    column->addStretch();
    return form;
}

QWidget* ImportDialog::makeTokensRow()
{
    auto* browse = new QToolButton;
    browse->setIcon(icon(IconName::Open));
    browse->setAutoRaise(true);
    browse->setFocusPolicy(Qt::StrongFocus);
    browse->setToolTip(tr("Chooses a file with one token a line, or with a line of metadata for each row."));
    browse->setAccessibleName(tr("Choose a token list"));
    connect(browse, &QToolButton::clicked, this, &ImportDialog::chooseTokens);
    auto* row = new QWidget;
    row->setFixedWidth(kEditorWidth);
    row->setFocusProxy(m_tokens);
    m_tokens->setAccessibleName(tr("Token list"));
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_tokens, 1);
    layout->addWidget(browse);
    return row;
}

QWidget* ImportDialog::makePreview()
{
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("First rows"));
    m_table->setFont(figureFont(font()));
    m_table->setShowGrid(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionsClickable(false);
    m_problem = new QLabel;
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_problem->setMargin(14);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_problem->setAccessibleName(tr("Why it cannot be opened so"));
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_problem);
    auto* block = new QWidget;
    auto* column = new QVBoxLayout(block);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    column->addWidget(new SectionCaption(tr("First rows")));
    column->addWidget(m_pages, 1);
    return block;
}

void ImportDialog::connectEditors()
{
    for (QComboBox* combo : {m_format, m_entry, m_array, m_header, m_encoding})
        connect(combo, &QComboBox::currentIndexChanged, this, &ImportDialog::choose);
    connect(m_dim, &QSpinBox::valueChanged, this, &ImportDialog::choose);
    connect(m_limit, &QSpinBox::valueChanged, this, &ImportDialog::choose);
    connect(m_skip, &ToggleSwitch::toggled, this, &ImportDialog::choose);
    connect(m_tokens, &QLineEdit::textChanged, this, &ImportDialog::choose);
}

void ImportDialog::choose()
{
    ReadOptions options;
    if (const auto format = chosen<int>(*m_format))
        options.format = static_cast<Format>(*format);
    options.entry = m_entry->currentData().toString().toStdString();
    options.array = m_array->currentData().toString().toStdString();
    options.header = chosen<bool>(*m_header);
    options.dim = chosen(*m_dim);
    options.encoding = m_encoding->currentData().toString().toStdString();
    options.limit = chosen(*m_limit);
    options.skip_damaged = m_skip->isChecked();
    if (const QString tokens = m_tokens->text().trimmed(); !tokens.isEmpty())
        options.tokens = tokens.toStdString();
    m_preview.setOptions(options);
}

void ImportDialog::chooseTokens()
{
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Choose a Token List"), QFileInfo(m_preview.path()).absolutePath());
    if (!path.isEmpty())
        m_tokens->setText(path);
}

void ImportDialog::refresh()
{
    const TablePreview* seen = m_preview.result();
    m_facts->setText(seen != nullptr ? previewFacts(*seen).join(QStringLiteral(" · ")) : tr("Looking at the file…"));
    if (seen != nullptr) {
        showFormats(*seen);
        showEntries(*seen);
        showArrays(*seen);
        showHeader(*seen);
        showDimension(*seen);
        showEncoding(*seen);
        showTokens(*seen);
        m_skipRow->setVisible(isText(seen->format) || m_skip->isChecked());
    } else {
        for (FormRow* row : {m_entryRow, m_arrayRow, m_headerRow, m_dimRow, m_encodingRow, m_tokensRow, m_skipRow})
            row->hide();
    }
    showNote();
    showTable();
    m_open->setEnabled(m_preview.canOpen());
}

void ImportDialog::showFormats(const TablePreview& seen)
{
    const bool found = seen.format && !m_preview.options().format;
    m_format->setItemText(0, found ? tr("As found: %1").arg(formatTitle(*seen.format)) : tr("As found"));
}

void ImportDialog::showEntries(const TablePreview& seen)
{
    m_entryRow->setVisible(seen.entries.size() > 1);
    if (m_entry->count() == static_cast<int>(seen.entries.size()) + 1)
        return;
    const QSignalBlocker quiet(m_entry);
    m_entry->clear();
    m_entry->addItem(tr("Choose one"));
    for (const std::string& entry : seen.entries)
        m_entry->addItem(displayToken(entry), QString::fromStdString(entry));
    embedscope::choose(*m_entry, QString::fromStdString(m_preview.options().entry));
}

void ImportDialog::showArrays(const TablePreview& seen)
{
    m_arrayRow->setVisible(seen.arrays.size() > 1);
    const QString found = seen.array.empty() ? tr("Choose one") : tr("As found: %1").arg(displayToken(seen.array));
    const QSignalBlocker quiet(m_array);
    if (m_array->count() != static_cast<int>(seen.arrays.size()) + 1) {
        m_array->clear();
        m_array->addItem(found);
        for (const ArrayInfo& array : seen.arrays)
            m_array->addItem(arrayText(array), QString::fromStdString(array.name));
        embedscope::choose(*m_array, QString::fromStdString(m_preview.options().array));
    }
    if (m_preview.options().array.empty())
        m_array->setItemText(0, found);
}

void ImportDialog::showHeader(const TablePreview& seen)
{
    m_headerRow->setVisible(isText(seen.format) || m_preview.options().header.has_value());
    if (m_preview.options().header)
        return;
    m_header->setItemText(0, !seen.header   ? tr("As found")
                             : *seen.header ? tr("As found: a header")
                                            : tr("As found: a row"));
}

void ImportDialog::showDimension(const TablePreview& seen)
{
    const bool raw = seen.format == Format::ProjectorBytes || !seen.rawDims.empty();
    m_dimRow->setVisible(raw || isText(seen.format) || m_preview.options().dim.has_value());
    QStringList dims;
    for (const Index dim : seen.rawDims)
        dims << QLocale().toString(static_cast<qlonglong>(dim));
    m_dimRow->setHelp(
        dims.isEmpty()
            ? QString()
            : tr("These divide the numbers in the file evenly: %1.").arg(dims.mid(0, 12).join(QStringLiteral(", "))));
    if (!m_preview.options().dim)
        m_dim->setSpecialValueText(seen.dim > 0
                                       ? tr("As found: %1").arg(QLocale().toString(static_cast<qlonglong>(seen.dim)))
                                       : tr("Not known"));
}

void ImportDialog::showEncoding(const TablePreview& seen)
{
    m_encodingRow->setVisible(seen.format.has_value());
    const bool other = !seen.utf8 && seen.encoding != "UTF-8" && m_preview.options().encoding.empty();
    m_encodingRow->setHelp(
        other ? tr("Some tokens are not UTF-8; they could be %1.").arg(QString::fromStdString(seen.encoding))
              : QString());
}

void ImportDialog::showTokens(const TablePreview& seen)
{
    m_tokensRow->setVisible(!holdsTokens(seen.format) || m_preview.options().tokens.has_value());
}

void ImportDialog::showNote()
{
    // What was wrong matters until something else is chosen.
    const bool stands = m_refusal && m_preview.options() == m_refused && !m_preview.problem();
    m_note->setVisible(stands);
    m_note->setText(stands ? errorText(*m_refusal) : QString());
}

void ImportDialog::showTable()
{
    const TablePreview* seen = m_preview.result();
    if (m_preview.problem()) {
        m_problem->setText(errorText(*m_preview.problem()));
        m_pages->setCurrentIndex(kProblemPage);
        return;
    }
    m_pages->setCurrentIndex(kTablePage);
    if (seen == nullptr || !seen->table)
        return;
    m_model->setTable(std::make_shared<const EmbeddingTable>(*seen->table));
    m_table->setColumnWidth(0, kTokenWidth);
    for (int column = 1; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, kValueWidth);
    m_table->horizontalHeader()->setStretchLastSection(false);
}

} // namespace embedscope
