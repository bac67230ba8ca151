# Bedrock via AI Gateway: what to try here
#
# 1. The function below is selected: right-click it, Bedrock, Send
#    Selection as Prompt. The reply streams in beside this file. It
#    comes from a stand-in on your own machine, which checks the AWS
#    signature as Amazon would and says something about what it was
#    sent. Stop, or Escape in the reply, ends it.
# 2. Below the reply, type a follow-up. Edit an earlier prompt, or ask
#    another model: both versions stay.
# 3. Attach something: the plus below the reply offers this file. In
#    the explorer, right-click picture.png, Bedrock, Attach to
#    Prompt. Or paste a picture. Each says its size and cost.
# 4. Send the same selection again: the line under the reply says
#    whether the gateway answered from its cache.
# 5. "Bedrock: Show History" in the Command Palette (F1) lists what
#    you asked. "Bedrock: Ask..." asks without a selection.
# 6. "Bedrock: Choose Models for VS Code Chat..." offers the models to
#    VS Code's own Chat. Allow Chat without GitHub when you are asked,
#    open Chat, and choose one. "Bedrock: Show Activity" lists what
#    Chat sent, too.
# 7. Click the model's name in the status bar and take another one.
# 8. To see a failure, take a model such as stand-in.throttling or
#    stand-in.cut: type its name where models are selected. Others:
#    npm run gateway -- --help
#
# Nothing that the extension sends here leaves your machine, or costs
# anything.


def new_names(files, old, new):
    """What is wrong here? Two files of the same name end up as one.

    Keep it short, and show the fixed code.
    """
    renamed = {}
    for file in files:
        name = file.replace(old, new)
        if name != file:
            renamed[name] = file
    return renamed
