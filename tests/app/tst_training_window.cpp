// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"
#include "ui/bridge/parameter_text.h"
#include "ui/panels/class_bars.h"
#include "ui/panels/live_section.h"
#include "ui/panels/model_section.h"
#include "ui/panels/sentence_words.h"
#include "ui/panels/training_panel.h"
#include "ui/panels/try_panel.h"
#include "ui/widgets/fold_section.h"
#include "ui/widgets/message_bar.h"
#include "ui/widgets/toggle_switch.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <numeric>

using namespace embedscope;
using State = TrainingSession::State;

/// The window trains everything that the core can.
class TestTrainingWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void eachEncoderTrains_data();
    void eachEncoderTrains();
    void onlyRowsThatMatterAreShown();
    void foldedOptionsAreNamedWhereTheyChanged();
    void aRefusedCombinationIsSaidBeforeARunStarts();
    void sparseAdamTrains();
    void earlyStopEndsTheRun();
    void aCollapseIsNamedOnce();
    void aTableFrozenAtFirstThawsByItself();
    void aSentenceIsTriedWhileTraining();
    void aSentenceIsTriedAfterwards();
    void nothingNeedsScrollingSideways();
    void theWheelScrollsAndChangesNothing();

private:
    Workspace& workspace() { return m_application->workspace(); }
    MainWindow& window() { return m_application->window(); }
    TrainingSession& session() { return workspace().run.session(); }
    ModelSection& model() { return window().training().model(); }
    void openSample();
    void openText(const QByteArray& content);
    void trigger(const char* id) { window().actions().action(QString::fromLatin1(id))->trigger(); }
    void trainToEnd();
    /// The editor of an option in the training panel.
    template <class Editor>
    Editor* editor(const char* parameter);
    void choose(const char* parameter, int value);

    std::unique_ptr<Application> m_application;
    QTemporaryDir m_folder;
};

void TestTrainingWindow::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QFile::remove(AppSettings::defaultFile());
}

void TestTrainingWindow::init()
{
    m_application = std::make_unique<Application>(qApp);
    m_application->open({.language = QStringLiteral("en"), .theme = QStringLiteral("light")});
    QVERIFY(QTest::qWaitForWindowExposed(&window()));
}

void TestTrainingWindow::cleanup()
{
    m_application.reset();
}

void TestTrainingWindow::openSample()
{
    workspace().document.openSample();
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestTrainingWindow::openText(const QByteArray& content)
{
    QFile file(m_folder.filePath(QStringLiteral("text.tsv")));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
    file.close();
    window().openPaths({file.fileName()});
    QTRY_VERIFY(workspace().document.hasTable());
    QTRY_VERIFY(workspace().jobs.isIdle());
}

void TestTrainingWindow::trainToEnd()
{
    session().setPace(0);
    trigger("train.start");
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Ended, 60000);
    QTRY_VERIFY(workspace().jobs.isIdle());
}

template <class Editor>
Editor* TestTrainingWindow::editor(const char* parameter)
{
    const QString name = parameterLabel(parameter);
    for (const QWidget* section : {static_cast<QWidget*>(&model()), static_cast<QWidget*>(&window().training().live())})
        for (Editor* found : section->findChildren<Editor*>())
            if (found->accessibleName() == name)
                return found;
    return nullptr;
}

void TestTrainingWindow::choose(const char* parameter, int value)
{
    auto* box = editor<QComboBox>(parameter);
    QVERIFY(box);
    box->setCurrentIndex(box->findData(value));
    QCOMPARE(box->currentData().toInt(), value);
}

void TestTrainingWindow::eachEncoderTrains_data()
{
    QTest::addColumn<EncoderKind>("kind");
    QTest::addColumn<int>("mode");
    QTest::addColumn<bool>("both");
    const int mean = static_cast<int>(BagMode::Mean);
    QTest::newRow("bag, mean") << EncoderKind::Bag << mean << false;
    QTest::newRow("bag, sum") << EncoderKind::Bag << static_cast<int>(BagMode::Sum) << false;
    QTest::newRow("bag, maximum") << EncoderKind::Bag << static_cast<int>(BagMode::Max) << false;
    QTest::newRow("LSTM") << EncoderKind::Lstm << mean << false;
    QTest::newRow("LSTM in both directions") << EncoderKind::Lstm << mean << true;
    QTest::newRow("GRU") << EncoderKind::Gru << mean << false;
    QTest::newRow("Transformer") << EncoderKind::Transformer << mean << false;
}

void TestTrainingWindow::eachEncoderTrains()
{
    QFETCH(EncoderKind, kind);
    QFETCH(int, mode);
    QFETCH(bool, both);
    openSample();
    choose("encoder", static_cast<int>(kind));
    choose("mode", mode);
    editor<QSpinBox>("hidden_dim")->setValue(16);
    editor<ToggleSwitch>("bidirectional")->setChecked(both);
    editor<QSpinBox>("epochs")->setValue(2);
    trainToEnd();
    QVERIFY(!session().error());
    const EncoderOptions& trained = session().trainer()->options().encoder;
    QCOMPARE(trained.kind, kind);
    QCOMPARE(static_cast<int>(trained.mode), mode);
    QCOMPARE(trained.bidirectional, both);
    QCOMPARE(workspace().run.epochs().size(), std::size_t(2));
    for (const EpochResult& epoch : workspace().run.epochs()) {
        QVERIFY(epoch.validation.has_value());
        QCOMPARE(epoch.validation->confusion.sum(), workspace().run.prepared()->valid->size());
    }
    // A tenth is held out by default.
    const auto all = static_cast<double>(workspace().document.text().data->texts.size());
    QCOMPARE(workspace().run.prepared()->valid->size(), std::llround(all / 10));
}

void TestTrainingWindow::onlyRowsThatMatterAreShown()
{
    openSample();
    const auto shown = [this](auto* widget) { return widget->isVisibleTo(&window().training()); };
    model().setEncoder(EncoderKind::Bag);
    QVERIFY(shown(editor<QComboBox>("mode")));
    QVERIFY(!shown(editor<QSpinBox>("hidden_dim")));
    model().setEncoder(EncoderKind::Gru);
    QVERIFY(!shown(editor<QComboBox>("mode")));
    QVERIFY(shown(editor<QSpinBox>("hidden_dim")));
    QVERIFY(shown(editor<ToggleSwitch>("bidirectional")));
    QVERIFY(!shown(editor<QSpinBox>("nhead")));
    model().setEncoder(EncoderKind::Transformer);
    QVERIFY(shown(editor<QSpinBox>("nhead")));
    QVERIFY(shown(editor<QComboBox>("positions")));
    QVERIFY(!shown(editor<ToggleSwitch>("bidirectional")));
    QVERIFY(!shown(editor<ToggleSwitch>("gelu"))); // folded
    model().advanced().setOpen(true);
    QVERIFY(shown(editor<ToggleSwitch>("gelu")));
    model().setEncoder(EncoderKind::Lstm);
    QVERIFY(!shown(editor<ToggleSwitch>("gelu")));
    QVERIFY(shown(editor<QSpinBox>("early_stop")));
}

void TestTrainingWindow::foldedOptionsAreNamedWhereTheyChanged()
{
    QCOMPARE(model().advanced().summary(), QStringLiteral("10 % held out for validation."));
    editor<QDoubleSpinBox>("valid_split")->setValue(0);
    editor<QSpinBox>("warmup_steps")->setValue(10);
    QCOMPARE(model().advanced().summary(), QStringLiteral("Nothing held out for validation. Changed: Warm-up."));
}

void TestTrainingWindow::aRefusedCombinationIsSaidBeforeARunStarts()
{
    openSample();
    QCOMPARE(model().refusal(), QString());
    editor<ToggleSwitch>("sparse")->setChecked(true);
    const QString sentence =
        QStringLiteral("sparse and Adam do not go together. Use SparseAdam, or turn sparse gradients off.");
    QCOMPARE(model().refusal(), sentence);
    const auto table = workspace().document.snapshot().table;
    trigger("train.start");
    QCOMPARE(window().messages().text(), sentence);
    QVERIFY(!workspace().run.preparing());
    QCOMPARE(session().state(), State::Idle);
    QCOMPARE(workspace().document.snapshot().table, table);
    editor<ToggleSwitch>("sparse")->setChecked(false);
    QCOMPARE(model().refusal(), QString());
    editor<QComboBox>("class_weight")->setEditText(QStringLiteral("1,2"));
    QVERIFY2(model().refusal().contains(QStringLiteral("class_weight cannot be 1,2")), qPrintable(model().refusal()));
}

void TestTrainingWindow::sparseAdamTrains()
{
    openSample();
    model().setOptimizer(QStringLiteral("sparse_adam"));
    QVERIFY(model().refusal().contains(QStringLiteral("Switch on sparse")));
    editor<ToggleSwitch>("sparse")->setChecked(true);
    QCOMPARE(model().refusal(), QString());
    editor<QSpinBox>("epochs")->setValue(2);
    trainToEnd();
    QVERIFY(!session().error());
    QVERIFY(session().trainer()->options().sparse);
}

void TestTrainingWindow::earlyStopEndsTheRun()
{
    openSample();
    editor<QSpinBox>("epochs")->setValue(50);
    editor<QSpinBox>("early_stop")->setValue(2);
    LiveSettings settings = window().training().live().settings();
    settings.lr = 0; // nothing gets better
    window().training().live().setSettings(settings);
    trainToEnd();
    QVERIFY(session().stoppedEarly());
    QCOMPARE(workspace().run.epochs().size(), std::size_t(3));
    QVERIFY2(window().messages().text().startsWith(QStringLiteral("Stopped early after epoch 3")),
             qPrintable(window().messages().text()));
}

void TestTrainingWindow::aCollapseIsNamedOnce()
{
    QByteArray lines; // no classifier can tell these apart
    for (int i = 0; i < 40; ++i)
        lines += "good\tsame words\nbad\tsame words\n";
    openText(lines);
    editor<QSpinBox>("epochs")->setValue(4);
    QSignalSpy collapsed(&workspace().run, &TrainingRun::collapsed);
    trainToEnd();
    QCOMPARE(collapsed.size(), 1);
    QVERIFY2(window().messages().text().contains(QStringLiteral("has collapsed to one class")),
             qPrintable(window().messages().text()));
}

void TestTrainingWindow::aTableFrozenAtFirstThawsByItself()
{
    openSample();
    editor<QSpinBox>("freeze_epochs")->setValue(1);
    editor<QSpinBox>("epochs")->setValue(2);
    session().setPace(0);
    trigger("train.step"); // begins paused
    QTRY_COMPARE(session().state(), State::Paused);
    QVERIFY(editor<ToggleSwitch>("freeze")->isChecked());
    session().resume();
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), State::Ended, 30000);
    QCOMPARE(workspace().run.marks().size(), std::size_t(1));
    QCOMPARE(workspace().run.marks()[0].step, session().stepsPerEpoch());
    QCOMPARE(switchText(workspace().run.marks()[0].changes), QStringLiteral("freeze off"));
    QVERIFY(!editor<ToggleSwitch>("freeze")->isChecked());
}

void TestTrainingWindow::aSentenceIsTriedWhileTraining()
{
    openSample();
    QVERIFY(!window().tryPanel().line().isEnabled());
    session().setPace(300);
    trigger("train.start");
    QTRY_VERIFY(session().stepsDone() > 3);
    QVERIFY(window().tryPanel().line().isEnabled());
    const std::string known(workspace().run.prepared()->vocabulary.vocabulary[5]);
    QTest::keyClicks(&window().tryPanel().line(), QString::fromStdString(known) + QStringLiteral(" frobnicated"));
    SentenceProbe& probe = workspace().probe;
    QCOMPARE(probe.words(), (std::vector<ProbedWord>{{known, 5}, {"frobnicated", std::nullopt}}));
    QTRY_VERIFY(!probe.probabilities().empty());
    QCOMPARE(probe.probabilities().size(), workspace().run.prepared()->classes.size());
    const float sum = std::accumulate(probe.probabilities().begin(), probe.probabilities().end(), 0.0F);
    QVERIFY(std::abs(sum - 1) < 1e-5F);
    const auto first = probe.step();
    const auto before = probe.probabilities();
    QTRY_VERIFY(probe.step() > first + 20); // asked again as it learns
    QVERIFY(probe.probabilities() != before);
    SentenceWords& words = window().tryPanel().words();
    QTest::mouseClick(&words, Qt::LeftButton, {}, words.rectOf(0).center());
    QCOMPARE(workspace().selection.selected(), std::optional<Index>(5));
}

void TestTrainingWindow::aSentenceIsTriedAfterwards()
{
    openSample();
    editor<QSpinBox>("epochs")->setValue(1);
    trainToEnd();
    QTest::keyClicks(&window().tryPanel().line(), QStringLiteral("the river"));
    SentenceProbe& probe = workspace().probe;
    QTRY_VERIFY(!probe.probabilities().empty());
    QCOMPARE(probe.step(), session().stepsDone());
    const PreparedRun& run = *workspace().run.prepared();
    const LabelledText data{.texts = {"the river"}, .labels = {0}, .classes = run.classes};
    const auto expected = probabilitiesOf(
        session().trainer()->model(),
        encode(data, run.tokenizer, run.vocabulary.vocabulary, run.vocabulary.unknownRow, run.options.max_length), {});
    QCOMPARE(probe.probabilities(), *expected);
    window().tryPanel().line().clear();
    Q_EMIT window().tryPanel().line().textEdited({});
    QVERIFY(probe.probabilities().empty());
}

void TestTrainingWindow::nothingNeedsScrollingSideways()
{
    openSample();
    window().resize(1280, 800);
    model().advanced().setOpen(true);
    for (const EncoderKind kind : {EncoderKind::Bag, EncoderKind::Lstm, EncoderKind::Transformer}) {
        model().setEncoder(kind);
        QCoreApplication::processEvents();
        const QWidget* content = window().training().widget();
        QVERIFY2(content->minimumSizeHint().width() <= window().training().viewport()->width(),
                 qPrintable(QString::number(content->minimumSizeHint().width())));
    }
    QVERIFY(window().width() <= 1280);
}

void TestTrainingWindow::theWheelScrollsAndChangesNothing()
{
    openSample();
    window().setArrangement(Arrangement::Train);
    const auto turnWheel = [](QWidget* over) {
        const QPointF middle = QRectF(over->rect()).center();
        QWheelEvent event(middle, over->mapToGlobal(middle), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(over, &event);
    };
    auto* epochs = editor<QSpinBox>("epochs");
    auto* optimizer = editor<QComboBox>("optimizer");
    window().setFocus();
    turnWheel(epochs);
    turnWheel(optimizer);
    QCOMPARE(epochs->value(), 10);
    QCOMPARE(optimizer->currentIndex(), 0);
    window().activateWindow();
    epochs->setFocus();
    QTRY_VERIFY(epochs->hasFocus());
    turnWheel(epochs);
    QCOMPARE(epochs->value(), 9);
}

QTEST_MAIN(TestTrainingWindow)
#include "tst_training_window.moc"
